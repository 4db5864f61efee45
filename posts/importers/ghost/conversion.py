"""What the converters of one text share: the sentences for the report, and addresses."""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _

from posts.importers.archives.values import text_of

MAX_KIND = 60  # characters of a name that somebody made up
# Ghost writes this in place of the site's own address.
OWN_ADDRESS = "__GHOST_URL__"
OWN = re.compile(re.escape(OWN_ADDRESS) + r"(?=[/?#\s\"')]|$)/?")


class UnreadableBodyError(Exception):
    """A body in Ghost's own format that cannot be read."""


@dataclass
class Conversion:
    """One text on its way to HTML."""

    problems: list[str] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        if sentence not in self.problems:
            self.problems.append(sentence)

    def tell_unknown(self, kind: str) -> None:
        self.tell(_("A part of the kind “%s” is not known here.") % kind[:MAX_KIND])


def relative(text: str) -> str:
    """Addresses of the exported site itself begin with "/" afterwards."""
    return OWN.sub("/", text)


def attribute(name: str, value) -> str:
    """` name="value"`, or nothing where there is no value."""
    text = text_of(value).strip()
    return f' {name}="{escape(text)}"' if text else ""


def link(address, text: str) -> str:
    """A link around HTML, or the HTML alone where there is no address."""
    place = attribute("href", address)
    return f"<a{place}>{text}</a>" if place else text


def paragraph(html: str) -> str:
    return f"<p>{html}</p>" if html.strip() else ""


def figure(inner: str, caption="") -> str:
    """A figure; the caption is HTML, as Ghost keeps it."""
    words = text_of(caption).strip()
    return f"<figure>{inner}{f'<figcaption>{words}</figcaption>' if words else ''}</figure>"
