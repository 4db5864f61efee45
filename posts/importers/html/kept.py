"""HTML that stays HTML, written so that Markdown takes nothing in it for its own."""

import re
from html import escape

from posts.importers.html.elements import BLOCKS, DROPPED, VOID
from posts.importers.html.tree import COMMENT, Node

ATTRIBUTES = {
    "abbr", "align", "alt", "cite", "colspan", "controls", "datetime", "dir", "headers", "height", "href",
    "id", "lang", "loop", "muted", "open", "poster", "preload", "reversed", "rowspan", "scope", "sizes",
    "span", "src", "srcset", "start", "title", "type", "value", "width",
}  # fmt: skip
# A line that begins with one of these opens a block of HTML, whatever follows the name.
OPENS_BLOCK = BLOCKS - {"video", "audio", "object", "embed"}
BLANK_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


def tag(node: Node) -> str:
    """The opening tag, with the attributes that our pages keep."""
    shown = "".join(
        f' {name}="{_attribute(value)}"' if value else f" {name}"
        for name, value in node.attributes.items()
        if name in ATTRIBUTES
    )
    return f"<{node.tag}{shown}>"


def html_of(node: Node | str) -> str:
    """A node with all that is in it."""
    parts: list[str] = []
    waiting: list[tuple[Node | str, bool]] = [(node, False)]
    while waiting:
        item, closing = waiting.pop()
        if isinstance(item, str):
            parts.append(escape(item, quote=False))
        elif closing:
            parts.append(f"</{item.tag}>")
        elif item.tag != COMMENT and item.tag not in DROPPED:
            parts.append(tag(item))
            if item.tag not in VOID:
                waiting.append((item, True))
                waiting.extend((child, False) for child in reversed(item.children))
    return "".join(parts)


def html_block(node: Node) -> str:
    """A block of HTML: no empty line may end it early."""
    html = html_of(node).strip()
    if node.find("pre") is None and node.tag != "pre":
        html = BLANK_LINES.sub("\n", html)
    else:
        html = BLANK_LINES.sub(lambda found: found[0].replace("\n", "&#10;"), html)
    if node.tag not in OPENS_BLOCK:
        start = tag(node)
        html = f"{start}\n{html.removeprefix(start)}"
    return html


def _attribute(value: str) -> str:
    return " ".join(escape(value).split())
