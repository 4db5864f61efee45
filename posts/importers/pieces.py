"""Telling text from code in a Markdown body, so that nothing is converted inside code."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FENCE = re.compile(
    r"(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)"
)
OPENING = re.compile(
    r"(?P<lead>[ \t>]*)(?:\{%-?\s*(?P<liquid>highlight|codeblock|comment)\b(?P<args>[^\n]*?)-?%\}"
    r"|\{\{[<%]\s*(?P<hugo>highlight)\b(?P<hugo_args>[^\n]*?)[>%]\}\})(?P<rest>.*)",
    re.DOTALL,
)
CLOSING = {
    "liquid": r"\{{%-?\s*end{0}\s*-?%\}}",
    "hugo": r"\{{\{{[<%]\s*/\s*{0}\s*[>%]\}}\}}",
}
# Raw Liquid, code in a line, and HTML whose content is no Markdown. A blank line ends a span.
INLINE = re.compile(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,3000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<tag>pre|code|script|style|textarea)\b[^>]*>.*?</(?P=tag)\s*>"
    r"|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
SINGLE_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of a body; `kind` is text, code, or a block tag such as "hugo highlight"."""

    kind: str
    text: str
    args: str = ""


def split(body: str) -> Iterator[Piece]:
    """The pieces of `body` in order; text and code together are the whole of it."""
    for piece in blocks(body):
        if piece.kind == "text":
            yield from inline(piece.text)
        else:
            yield piece


def blocks(body: str) -> Iterator[Piece]:
    lines = body.splitlines(keepends=True)
    text, place = [], 0
    while place < len(lines):
        found = fence_at(lines, place) or tag_at(lines, place)
        if not found:
            text.append(lines[place])
            place += 1
            continue
        piece, place = found
        yield Piece("text", "".join(text))
        text = []
        yield piece
    yield Piece("text", "".join(text))


def fence_at(lines: list[str], start: int) -> tuple[Piece, int] | None:
    """A fenced block that begins on line `start`, and the line after it."""
    opening = FENCE.match(lines[start])
    if not opening or (opening["ticks"][0] == "`" and "`" in opening["info"]):
        return None
    closing = re.compile(rf"[ \t>]*{opening['ticks'][0]}{{{len(opening['ticks'])},}}[ \t]*$")
    end = start + 1
    while end < len(lines) and not closing.match(lines[end]):
        end += 1
    return Piece("code", "".join(lines[start : end + 1])), end + 1


def tag_at(lines: list[str], start: int) -> tuple[Piece, int] | None:
    """A `{% highlight %}` or the like that begins on line `start`, up to its end tag."""
    opening = OPENING.match(lines[start])
    if not opening:
        return None
    family = "liquid" if opening["liquid"] else "hugo"
    name = opening[family]
    closing = re.compile(CLOSING[family].format(name))
    inside, rest = [], opening["rest"]
    for number in range(start, len(lines)):
        line = rest if number == start else lines[number]
        if end := closing.search(line):
            inside.append(line[: end.start()])
            args = opening["args"] or opening["hugo_args"] or ""
            after = line[end.end() :]
            text = "".join(inside)
            piece = Piece(f"{family} {name}", text, args.strip())
            if after.strip():
                lines[number] = after  # goes on behind the end tag
                return piece, number
            return piece, number + 1
        inside.append(line)
    return None


def inline(text: str) -> Iterator[Piece]:
    """Divide text at code spans, raw Liquid and HTML that is no Markdown."""
    place = 0
    for found in INLINE.finditer(text):
        yield Piece("text", text[place : found.start()])
        yield Piece("code", found[0] if found["raw"] is None else found["raw"])
        place = found.end()
    yield Piece("text", text[place:])


def convert(body: str, change: Callable[[Piece], str]) -> str:
    return "".join(change(piece) for piece in split(body))
