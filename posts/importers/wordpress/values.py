"""What the text of one element holds, once what real files break there is mended.

WordPress writes most texts as `<![CDATA[...]]>`. Plugins and hands forget to end one, or put one
into another; XML would then end the text early, or take what follows for a part of it.
"""

import re

from posts.importers.wordpress.tape import Tape, TooLongError

OPENING = "<![CDATA["
CLOSING = "]]>"
# In HTML a comment says something, such as <!--more-->; elsewhere only those of qTranslate do.
HTML_ELEMENTS = {"content:encoded", "excerpt:encoded", "wp:comment_content"}
SPACES = re.compile(r"\s*")
ITEM_END = "</item"
LOOK_AHEAD = 200  # characters of white space between a tag and what it holds
# The five names of XML, and numbers; others are left to whoever reads the text as HTML.
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class CutOffError(Exception):
    """The file ends within what was being read."""


class UnclosedError(Exception):
    """The element has no end tag before its item ends."""


def read_value(tape: Tape, name: str, start: int, limit: int) -> tuple[str, int]:
    """The text of element `name` from `start`, behind its start tag; and where its end tag is.

    `limit` is in characters. Raises TooLongError, CutOffError or UnclosedError.
    """
    pieces, place = [], start
    while True:
        end, opening = -1, quote_here(tape, place)
        if opening < 0:
            end = find_end(tape, f"</{name}", place, limit - (place - start))
            opening = tape.text.find(OPENING, place, end)
        plain = tape.text[place : end if opening < 0 else opening]
        if ITEM_END in plain:
            raise UnclosedError
        pieces.append((plain, False))
        if opening < 0:
            return joined(pieces, name), end
        began = opening + len(OPENING)
        piece, place = read_quoted(tape, f"</{name}", began, limit - (began - start))
        pieces.append((piece, True))


def quote_here(tape: Tape, place: int) -> int:
    """Where a quoted text begins that only white space parts from `place`, else -1."""
    tape.has(LOOK_AHEAD, place)
    place = SPACES.match(tape.text, place).end()
    return place if tape.text.startswith(OPENING, place) else -1


def find_end(tape: Tape, close: str, start: int, limit: int) -> int:
    """Where the end tag `close` is; it may be one that is quoted in a text."""
    end, too_long = start - 1, False
    try:
        end = tape.find(close, start, limit)
        while end >= 0 and is_longer_name(tape, end + len(close)):
            end = tape.find(close, end + 1, limit - (end - start))
    except TooLongError:
        end, too_long = -1, True
    if end >= 0:
        return end
    item_end = tape.text.find(ITEM_END, start)
    if item_end >= 0 and tape.text.find(OPENING, start, item_end) < 0:
        raise UnclosedError
    raise TooLongError if too_long else CutOffError


def is_longer_name(tape: Tape, place: int) -> bool:
    """Whether the name of a tag goes on at `place`: </title also begins </title-of."""
    tape.has(1, place)
    return tape.text[place : place + 1] not in {"", ">", " ", "\t", "\n", "/"}


def read_quoted(tape: Tape, close: str, start: int, limit: int) -> tuple[str, int]:
    """What `<![CDATA[` before `start` quotes, and where that ends."""
    looked, lost, nested = start, -1, False
    while True:
        end = quote_end(tape, close, looked, start, limit)
        after = end + len(CLOSING)
        text = tape.text
        if text.startswith("]]", end - 2) and starts_with(tape, OPENING + ">", after):
            return text[start:end], after  # "]]>" in a text, written as XML wants it
        if lost < 0:
            lost = text.find(close, max(start, looked - len(close)), end)
        again = text.find(OPENING, max(looked, lost), end) >= 0
        if lost >= 0 and again:
            return text[start:lost], lost  # the quote was not ended, and another began
        nested = nested or again
        if not text.startswith(CLOSING, end):
            return text[start:end], end  # never ended at all
        further = unmeant(tape, close, after, nested, limit - (after - start))
        if further < 0:
            return tape.text[start:end], after
        looked = after


def quote_end(tape: Tape, close: str, looked: int, start: int, limit: int) -> int:
    """Where the next `]]>` is; without one, where the element's end tag is."""
    try:
        end = tape.find(CLOSING, looked, limit - (looked - start))
    except TooLongError:
        end = tape.text.find(close, start)
        if end < 0:
            raise
        return end
    if end < 0:
        end = tape.text.find(close, start)
    if end < 0:
        raise CutOffError
    return end


def unmeant(tape: Tape, close: str, after: int, nested: bool, limit: int) -> int:
    """Where the `]]>` is that was meant, if that before `after` is a part of the text; else -1."""
    tape.has(LOOK_AHEAD, after)
    rest = SPACES.match(tape.text, after).end()
    if tape.text.startswith(close, rest):
        return -1
    if tape.text.startswith(OPENING, rest) and not nested:
        return -1
    try:
        end = tape.find(close, after, limit)
        further = tape.find(CLOSING, after, limit)
    except TooLongError:
        return -1
    if not 0 <= further < end:
        return -1
    opening = tape.text.find(OPENING, after, further)
    return further if opening < 0 or nested else -1


def starts_with(tape: Tape, words: str, place: int) -> bool:
    tape.has(len(words), place)
    return tape.text.startswith(words, place)


def joined(pieces: list[tuple[str, bool]], name: str) -> str:
    """One text of `pieces`; each is with whether it was quoted, and then says what it says."""
    texts = []
    for text, is_quoted in pieces:
        if not is_quoted:
            if len(pieces) > 1 and (not text or text.isspace()):
                continue  # how the file is laid out
            text = unescaped(text if name in HTML_ELEMENTS else without_comments(text))
        texts.append(text)
    return "".join(texts)


def without_comments(text: str) -> str:
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        is_language = text.startswith("<!--:", start)
        kept.append(text[place : end + 3 if is_language else start])
        place = end + 3
    return "".join([*kept, text[place:]])


def unescaped(text: str) -> str:
    return REFERENCE.sub(character, text) if "&" in text else text


def character(reference: re.Match) -> str:
    if reference[3]:
        return NAMED[reference[3]]
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    allowed = number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return chr(number) if allowed and number not in {0xFFFE, 0xFFFF} else "\ufffd"
