"""Asterisks where they mean emphasis, and tags where they would not.

Markdown asks what stands on both sides of a row of asterisks: between a letter and a quotation
mark, for one, it neither opens nor closes. There `<strong>` says it instead.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from string import punctuation

# A letter or a bracket: an address may get brackets or not.
UNKNOWN = "\0"
WORD_AT_START, WORD_AT_END = re.compile(r"\S{1,2000}"), re.compile(r"(?<!\S)\S+\Z")
ADDRESS = re.compile(r"://|www\.")
MARKS = {"em": ("*", "_"), "strong": ("**", "__"), "del": ("~~",)}


@dataclass
class Piece:
    """A part of a line: words still to be escaped, code, finished Markdown, or an end of emphasis."""

    kind: str  # "text", "code", "raw", "space", "break", "open" or "close"
    text: str = ""
    # Of "open" and "close": what it is ("em", "strong", "del", "link"), and which two belong together.
    pair: object = None
    mark: str = field(default="")

    @property
    def is_blank(self) -> bool:
        return self.kind in ("space", "break")


def tidy_blanks(pieces: list[Piece]) -> list[Piece]:
    """Single blanks, outside of what they stood at the edge of; nothing empty, none at the ends."""
    pieces = _merged(_closed_early(_opened_late(pieces)))
    tidy: list[Piece] = []
    for piece in pieces:
        if not piece.is_blank:
            tidy.append(piece)
        elif not tidy:
            continue
        elif tidy[-1].is_blank:
            if piece.kind == "break":
                tidy[-1] = piece
        else:
            tidy.append(piece)
    while tidy and tidy[-1].is_blank:
        tidy.pop()
    return tidy


def _opened_late(pieces: list[Piece]) -> list[Piece]:
    """Blanks right after an opening go before it."""
    moved: list[Piece] = []
    openings: list[Piece] = []
    for piece in pieces:
        if piece.kind == "open":
            openings.append(piece)
        elif piece.is_blank:
            moved.append(piece)
        elif piece.kind == "close" and openings and openings[-1].pair is piece.pair:
            openings.pop()  # nothing was in it
        else:
            moved += [*openings, piece]
            openings = []
    return moved + openings


def _closed_early(pieces: list[Piece]) -> list[Piece]:
    """Blanks right before a closing go behind it."""
    moved: list[Piece] = []
    blanks: list[Piece] = []
    for piece in pieces:
        if piece.is_blank:
            blanks.append(piece)
        elif piece.kind == "close":
            moved.append(piece)
        else:
            moved += [*blanks, piece]
            blanks = []
    return moved + blanks


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Words joined, and emphasis that ends where the same begins again."""
    merged: list[Piece] = []
    renamed: dict[int, object] = {}
    for piece in pieces:
        last = merged[-1] if merged else None
        if piece.pair is not None and id(piece.pair) in renamed:
            piece.pair = renamed[id(piece.pair)]
        if last and piece.kind == last.kind and piece.kind in ("text", "code"):
            # Two code spans side by side would be none: their backticks would be one row.
            merged[-1] = Piece(piece.kind, last.text + piece.text)
        elif last and (last.kind, piece.kind) == ("close", "open") and last.text == piece.text:
            if piece.text in MARKS:
                renamed[id(piece.pair)] = last.pair
                merged.pop()
            else:
                merged.append(piece)
        else:
            merged.append(piece)
    return merged


def choose_marks(pieces: list[Piece]) -> None:
    """Give each opening and closing its asterisks or its tag."""
    ends = {id(piece.pair): at for at, piece in enumerate(pieces) if piece.kind == "close"}
    for at, piece in enumerate(pieces):
        if piece.kind != "open" or piece.text not in MARKS:
            continue
        end = ends[id(piece.pair)]
        mark = next((m for m in MARKS[piece.text] if _fits(pieces, at, end, m)), "")
        piece.mark = mark or f"<{piece.text}>"
        pieces[end].mark = mark or f"</{piece.text}>"


def _fits(pieces: list[Piece], at: int, end: int, mark: str) -> bool:
    beside = [
        p for n in (at - 1, at + 1, end - 1, end + 1) if 0 <= n < len(pieces) and (p := pieces[n])
    ]
    if any(piece.mark[:1] == mark[0] for piece in beside):
        return False
    opens = _flanks(_last(pieces, at - 1), _first(pieces, at + 1), mark)
    return opens and _flanks(_first(pieces, end + 1), _last(pieces, end - 1), mark)


def _flanks(outside: str, inside: str, mark: str) -> bool:
    """CommonMark's rule for `mark` between two characters; in doubt, no."""
    if not inside or inside.isspace():
        return False
    free = not outside or outside.isspace() or _is_punctuation(outside)
    if mark[0] in "_" and not free:
        return False
    return free or not _may_be_punctuation(inside)


def _first(pieces: list[Piece], at: int) -> str:
    """The character that `pieces[at]` begins with; any bracket or mark is as good as another."""
    if at >= len(pieces):
        return ""
    piece = pieces[at]
    if piece.kind != "text":
        return " " if piece.is_blank else "["
    word = WORD_AT_START.match(piece.text)
    return UNKNOWN if word and ADDRESS.search(word[0]) else piece.text[0]


def _last(pieces: list[Piece], at: int) -> str:
    if at < 0:
        return ""
    piece = pieces[at]
    if piece.kind != "text":
        return " " if piece.is_blank else "]"
    word = WORD_AT_END.search(piece.text[-2_000:])
    return UNKNOWN if word and ADDRESS.search(word[0]) else piece.text[-1]


def _is_punctuation(char: str) -> bool:
    return char in punctuation or unicodedata.category(char).startswith("P")


def _may_be_punctuation(char: str) -> bool:
    """Symbols count as punctuation in newer versions of CommonMark."""
    return char in punctuation or char == UNKNOWN or unicodedata.category(char)[0] in "PS"
