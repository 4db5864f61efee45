"""Menus: links that an editor lists, one a line, as Markdown writes a link."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINE = re.compile(r"\[(?P<label>[^\[\]]+)\]\((?P<address>[^\s()<>]+)\)\Z")
# Nothing that runs: a path of this site, or an address of another.
ADDRESS = re.compile(r"(/(?![/\\])|https?://[^/]|mailto:)", re.IGNORECASE)
MAX_LINKS = 30  # more is no menu


@dataclass(frozen=True)
class Link:
    """A label and where it leads: a path of this site, or a full address."""

    label: str
    address: str


def links_in(text: str) -> list[Link]:
    """The links of a menu; lines that are none are passed over, `validate` names them."""
    found = [read(line) for line in lines_of(text)]
    return [link for link in found if link]


def validate(text: str) -> None:
    """Raises ValidationError for the first line that is no link."""
    lines = lines_of(text)
    if len(lines) > MAX_LINKS:
        raise ValidationError(
            _("At most %(most)d links have room here."), params={"most": MAX_LINKS}
        )
    for line in lines:
        if not read(line):
            raise ValidationError(
                _("“%(line)s” is no link. Write it as: [About](/about/)"),
                params={"line": line[:60]},
            )


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def read(line: str) -> Link | None:
    found = LINE.fullmatch(line)
    if not found or not ADDRESS.match(found["address"]):
        return None
    return Link(found["label"].strip(), found["address"])
