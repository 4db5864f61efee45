"""Markdown as Ghost reads it: each line end is a line break, and `#Heading` is a heading.

Our own Markdown knows neither, so both are written out; code stays as it is.
"""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

HEADING = re.compile(r"(\s{0,3}#{1,6})(?=[^#\s])")
HAS_BREAK = ("\\", "  ")
# The parser's work may grow with the square of a paragraph, and is bounded for posts alone.
MAX_PARAGRAPH = 20_000
MAX_BREAKS = 5_000  # characters of a paragraph in which line breaks are looked for
MAX_TEXT = 500_000  # more than twice what a post may have here
LINE_END = re.compile(r"\r\n?|\n")


@cache
def parser() -> MarkdownIt:
    """What Ghost's own parser knows, as far as the blocks go."""
    md = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    return md.use(footnote_plugin)


@cache
def block_parser() -> MarkdownIt:
    """Finds the blocks alone: what stands in a line is read only where that is asked for."""
    return parser.__wrapped__().disable("inline")


def to_html(text: str) -> str:
    """HTML of Markdown that stands among other cards."""
    text = spelt_out(text)
    if is_too_much(text):
        return "".join(f"<p>{part}</p>" for part in re.split(r"\n{2,}", text))
    return parser().render(text).strip()


def spelt_out(text: str) -> str:
    """The same Markdown for a parser that takes a line end for a blank, and `#Heading` for text."""
    if len(text) > MAX_TEXT:
        return text
    lines = LINE_END.split(text)
    for token in paragraphs("\n".join(lines)):
        start, end = token.map
        rewrite(lines, start, end, token.content)
    return "\n".join(lines)


def paragraphs(text: str) -> Iterator[Token]:
    """The text of each paragraph, with the lines it stands in."""
    before = None
    for token in block_parser().parse(text):
        if token.type == "inline" and token.map and before == "paragraph_open":
            yield token
        before = token.type


def rewrite(lines: list[str], start: int, end: int, content: str) -> None:
    """Write out headings and line breaks of the paragraph in these lines."""
    lonely = code_crosses_lines(content)
    for number in range(start, end):
        is_heading = HEADING.match(lines[number])
        if is_heading:
            lines[number] = HEADING.sub(r"\1 ", lines[number], count=1)
        last = number + 1 == end or HEADING.match(lines[number + 1])
        if not (is_heading or last or lonely or lines[number].endswith(HAS_BREAK)):
            lines[number] += "\\"


def code_crosses_lines(content: str) -> bool:
    """Whether a backslash at a line's end might be inside code, a tag or a link's address."""
    if "\n" not in content or len(content) > MAX_BREAKS:
        return True
    children = parser().parseInline(content)[0].children or []
    breaks = sum(child.type in ("softbreak", "hardbreak") for child in children)
    return breaks != content.count("\n")


def is_too_much(text: str) -> bool:
    """Whether reading it might take minutes; no post that somebody wrote is so."""
    return len(text) > MAX_TEXT or any(
        token.type == "inline" and len(token.content) > MAX_PARAGRAPH
        for token in block_parser().parse(text)
    )
