"""Elements of an export, made of its characters without trusting that they are well-formed.

An XML parser gives up at the first mistake, and expands entities. This one knows which elements
hold others, takes everything else as text up to its end tag, and never expands anything.
"""

import html
import re
from dataclasses import dataclass, field

from posts.importers.wordpress.tape import Tape, TooLongError
from posts.importers.wordpress.values import (
    LOOK_AHEAD,
    CutOffError,
    UnclosedError,
    read_value,
)

CONTAINERS = {
    "channel": {"item", "wp:author", "wp:category", "wp:tag", "wp:term"},
    "item": {"wp:postmeta", "wp:comment"},
    "wp:comment": {"wp:commentmeta"},
    "wp:category": {"wp:termmeta"},
    "wp:tag": {"wp:termmeta"},
    "wp:term": {"wp:termmeta"},
}
HOLDING = {"rss"}.union(CONTAINERS, *CONTAINERS.values())
# Large enough for a text with pictures in it; a window and its copies stay under 300 MB.
CHARACTERS_AT_MOST = 10_000_000
# A comment has a dozen elements: some ten thousand comments.
ELEMENTS_AT_MOST = 200_000
UNCLOSED_AT_MOST = 100  # each costs a search through the item
TAG_LENGTH = 4000
NAME = r"[A-Za-z_][\w.:-]{0,80}"
TAG = re.compile(rf"<({NAME})((?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?)>|<({NAME})([^<>]*)>")
# Most elements hold one short value without anything to mend: taken at once, in half the time.
SIMPLE = re.compile(rf"<({NAME})>(?:([^<&]*)|<!\[CDATA\[([^<\]]*)\]\]>)</\1>")
FORBIDDEN = re.compile(r"<!(DOCTYPE|ENTITY)\b", re.IGNORECASE)
END_TAG = re.compile(rf"</({NAME})\s*>?")
ATTRIBUTE = re.compile(r"([\w.:-]{1,80})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class ForbiddenError(Exception):
    """The file declares a document type or entities, which no export does."""


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    unclosed: int = 0  # how many of its children have no end tag

    def value(self, name: str) -> str:
        """The text of the first child `name`, without white space around it; "" without one."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        return next((child.text for child in self.children if child.name == name), "")

    def has(self, name: str) -> bool:
        return any(child.name == name for child in self.children)

    def all(self, name: str) -> list["Element"]:
        return [child for child in self.children if child.name == name]


@dataclass(slots=True)
class Tag:
    name: str
    attributes: dict[str, str]
    is_empty: bool


class Limits:
    """What is left of what one element of the channel may have."""

    def __init__(self):
        self.characters = CHARACTERS_AT_MOST
        self.elements = ELEMENTS_AT_MOST
        self.unclosed = UNCLOSED_AT_MOST

    def spend(self, characters: int) -> None:
        self.characters -= characters
        self.elements -= 1
        if self.characters < 0 or self.elements < 0 or self.unclosed < 0:
            raise TooLongError


def read_tag(tape: Tape, place: int) -> tuple[Tag | None, int]:
    """The start tag at `place`, if it is one, and where it ends."""
    if len(tape.text) - place < TAG_LENGTH:
        tape.has(TAG_LENGTH, place)
    found = TAG.match(tape.text, place, place + TAG_LENGTH)
    if not found:
        return None, place + 1
    name, rest = found[1] or found[3], found[2] or found[4] or ""
    attributes = {}
    if "=" in rest:
        attributes = {key: html.unescape(a or b) for key, a, b in ATTRIBUTE.findall(rest)}
    return Tag(name, attributes, rest.endswith("/")), found.end()


def skip_markup(tape: Tape, place: int, limit: int) -> int | None:
    """Behind the comment, stray quote or instruction at `place`; None if it is none of those."""
    tape.has(LOOK_AHEAD, place)
    for opening, closing in ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"):
        if tape.text.startswith(opening, place):
            end = tape.find(closing, place, limit)
            if end < 0:
                raise CutOffError
            return end + len(closing)
    if FORBIDDEN.match(tape.text, place):
        raise ForbiddenError
    return None


def read_children(tape: Tape, element: Element, limits: Limits) -> None:
    """Everything in `element`, whose start tag lies just before `tape.at`.

    Ends behind its end tag, or before what cannot be in it. Raises TooLongError, CutOffError or
    ForbiddenError; what `element` has got until then is what could be read.
    """
    open_elements = [element]
    while open_elements:
        tape.drop()
        place = tape.find("<", tape.at, limits.characters)
        if place < 0:
            raise CutOffError
        limits.spend(place - tape.at)
        tape.at = place
        tape.has(2, place)
        if tape.text[place + 1 : place + 2] == "/":
            if not end_element(tape, open_elements):
                return
        elif (after := skip_markup(tape, place, limits.characters)) is not None:
            limits.spend(after - place)
            tape.at = after
        elif not begin_element(tape, open_elements, limits):
            return


def end_element(tape: Tape, open_elements: list[Element]) -> bool:
    """Take the end tag at `tape.at`; False if it ends what is around the outermost element."""
    tape.has(LOOK_AHEAD, tape.at)
    found = END_TAG.match(tape.text, tape.at)
    name = found[1] if found else ""
    if name in {"channel", "rss"}:
        return False
    tape.at = found.end() if found else tape.at + 2
    for depth, element in enumerate(open_elements):
        if element.name == name:
            del open_elements[depth:]
            break
    return True


def begin_element(tape: Tape, open_elements: list[Element], limits: Limits) -> bool:
    """Take the start tag at `tape.at`; False if it cannot be in the outermost element."""
    start = tape.at
    simple = SIMPLE.match(tape.text, start)
    if simple and simple[1] not in HOLDING:
        open_elements[-1].children.append(Element(simple[1], text=simple[2] or simple[3] or ""))
        tape.at = simple.end()
        limits.spend(tape.at - start)
        return True
    tag, after = read_tag(tape, start)
    if tag is None:
        tape.at = after
        return True
    if tag.name == "item":
        return False
    tape.at = after
    child = Element(tag.name, tag.attributes)
    inner = next((n for n, each in enumerate(open_elements) if each.name == tag.name), None)
    if inner:  # it was not ended before the next of its kind began
        del open_elements[inner:]
    open_elements[-1].children.append(child)
    if tag.is_empty:
        limits.spend(after - start)
    elif tag.name in CONTAINERS.get(open_elements[-1].name, ()):
        open_elements.append(child)
        limits.spend(after - start)
    else:
        read_leaf(tape, child, open_elements[0], limits)
    return True


def read_leaf(tape: Tape, leaf: Element, outermost: Element, limits: Limits) -> None:
    """The text of `leaf`, whose start tag ends at `tape.at`."""
    start = tape.at
    try:
        leaf.text, place = read_value(tape, leaf.name, start, limits.characters)
    except UnclosedError:
        outermost.unclosed += 1
        limits.unclosed -= 1
        place = tape.find("<", start, limits.characters)
        leaf.text = tape.text[start : max(place, start)]
        tape.at = max(place, start)
    else:
        end = tape.find(">", place, TAG_LENGTH)
        tape.at = end + 1 if end >= 0 else place + 2 + len(leaf.name)
    limits.spend(tape.at - start)
