"""One Markdown file by itself: its fields, and its body exactly as it stands there."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posts.importers import frontmatter
from posts.importers.fields import Fields
from posts.importers.reading import Refused
from posts.line_ends import with_lf
from posts.models.publication import BODY_MAX_LENGTH

MAX_BYTES = 6_000_000  # the longest body in an alphabet of three bytes a letter, and its head
# As in frontmatter.py, with either end of a line; the body begins right after.
FENCED = [
    re.compile(r"\A---[ \t]*\r?\n(?:.*?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL),
    re.compile(r"\A\+\+\+[ \t]*\r?\n(?:.*?\n)??\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL),
]


@dataclass(frozen=True)
class SingleFile:
    fields: Fields
    body: str


def read_single(data: bytes) -> SingleFile:
    """What the bytes of a file say; raises Refused, with one sentence that says why."""
    text = decode(data)
    for pattern in FENCED:
        if found := pattern.match(text):
            head = frontmatter.split(with_lf(found[0]))
            return checked(head, text[found.end() :])
    head = frontmatter.split(with_lf(text))
    return checked(head, text if head.kind == "none" else head.body)


def decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than %d MB.") % (MAX_BYTES // 1_000_000))
    if not data.strip():
        raise Refused(_("The file is empty."))
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Refused(_("This is not a text file in UTF-8.")) from error
    if "\0" in text:
        raise Refused(_("This is not a text file."))
    return text


def checked(head: frontmatter.Head, body: str) -> SingleFile:
    if head.kind == "broken":
        raise Refused(head.problem)
    if len(body) > BODY_MAX_LENGTH:
        raise Refused(_("Longer than %d characters.") % BODY_MAX_LENGTH)
    return SingleFile(head.fields, body)
