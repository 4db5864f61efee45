"""A finished block of Markdown."""

import re
from typing import NamedTuple

LINE = re.compile(r"\n(?=[^\n])")


class Block(NamedTuple):
    """`kind` is what the block before must be known by: lists by their marker."""

    text: str
    kind: str = "paragraph"


def joined(blocks: list[Block], between: str = "\n\n") -> str:
    return between.join(block.text for block in blocks)


def indented(text: str, width: int) -> str:
    """`text` with every line but the first one, and but empty ones, moved to the right."""
    return LINE.sub("\n" + " " * width, text)
