"""The elements of a whole export, one after another: its head, its people and terms, its items."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from posts.importers.wordpress.decoding import text_of
from posts.importers.wordpress.elements import (
    CHARACTERS_AT_MOST,
    CONTAINERS,
    END_TAG,
    Element,
    Limits,
    read_children,
    read_leaf,
    read_tag,
    skip_markup,
)
from posts.importers.wordpress.tape import Tape, TooLongError
from posts.importers.wordpress.values import CutOffError

SKIPPED_AT_ONCE = 500_000  # characters; a long window is slow to move
ROOTS = {"rss", "channel"}


@dataclass(slots=True)
class TooLarge:
    """An element that is not read because of its size; `element` is its beginning."""

    element: Element


@dataclass(slots=True)
class CutOff:
    """The file ends before its end; `element` is what has begun, if something has."""

    element: Element | None


Part = Element | TooLarge | CutOff


def parts_of(path: Path) -> Iterator[Part]:
    """Everything in the channel of `path`; an element "rss" or "channel" says that it begins.

    Raises ForbiddenError at a document type or an entity.
    """
    tape = Tape(text_of(path))
    is_open = False
    while True:
        tape.drop()
        place = next_tag(tape)
        if place < 0:
            if is_open:
                yield CutOff(None)
            return
        tape.at = place
        if tape.text.startswith("</", place):
            is_open = not ends_channel(tape) and is_open
            continue
        try:
            part = read_part(tape)
        except CutOffError:
            yield CutOff(None)
            return
        is_open = is_open or (isinstance(part, Element) and part.name == "channel")
        if part:
            yield part
        if isinstance(part, CutOff):
            return


def next_tag(tape: Tape) -> int:
    """Where the next tag is, however far; -1 if there is none. Text between is nobody's."""
    while True:
        try:
            place = tape.find("<", tape.at, CHARACTERS_AT_MOST)
        except TooLongError:
            tape.at = len(tape.text)
            tape.drop()
            continue
        if place >= 0:
            tape.has(200, place)
        return place


def ends_channel(tape: Tape) -> bool:
    found = END_TAG.match(tape.text, tape.at)
    tape.at = found.end() if found else tape.at + 2
    return bool(found) and found[1] in ROOTS


def read_part(tape: Tape) -> Part | None:
    """What begins at `tape.at`; None if it is nothing."""
    try:
        after = skip_markup(tape, tape.at, CHARACTERS_AT_MOST)
    except TooLongError:
        tape.at = len(tape.text)
        return None
    if after is not None:
        tape.at = after
        return None
    tag, tape.at = read_tag(tape, tape.at)
    if tag is None:
        return None
    element = Element(tag.name, tag.attributes)
    if tag.is_empty or tag.name in ROOTS:
        return element
    return read_element(tape, element)


def read_element(tape: Tape, element: Element) -> Part:
    is_item = element.name == "item"
    try:
        if element.name in CONTAINERS["channel"]:
            read_children(tape, element, Limits())
        else:
            read_leaf(tape, element, element, Limits())
    except CutOffError:
        return CutOff(element if is_item else None)
    except TooLongError:
        skip_item(tape)
        return TooLarge(element)
    return element


def skip_item(tape: Tape) -> None:
    """Go behind the next end of an item, without keeping what lies before it."""
    while True:
        try:
            place = tape.find("</item>", tape.at, SKIPPED_AT_ONCE)
        except TooLongError:
            # The last few characters may be the beginning of what is looked for.
            tape.at = len(tape.text) - len("</item>")
            tape.drop()
            continue
        tape.at = place + len("</item>") if place >= 0 else len(tape.text)
        return
