"""Lexical, the format of Ghost 5 and later, to HTML: a tree of nodes, each with its type."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from posts.importers.archives.values import dict_of, list_of, number_of, text_of
from posts.importers.ghost.cards import card_html
from posts.importers.ghost.conversion import (
    Conversion,
    UnreadableBodyError,
    attribute,
    link,
    paragraph,
)

# Bits of a text's format, outermost tag first; 8, an underline, means nothing on the web.
FORMATS = [
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (128, "mark"),
    (32, "sub"),
    (64, "sup"),
    (16, "code"),
]
TEXTS = {"text", "extended-text"}
HEADINGS = {"heading", "extended-heading"}
QUOTES = {"quote", "extended-quote", "aside"}
LINKS = {"link", "autolink", "at-link"}
PLAIN = {"hashtag", "at-link-search", "tab"}
SILENT = {"zwnj"}
CHECKBOXES = {
    True: '<input type="checkbox" checked disabled> ',
    False: '<input type="checkbox" disabled> ',
}
HEADING_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
MAX_DEPTH = 100  # lists in lists; each level costs a few frames of Python


def to_html(document, conversion: Conversion) -> str:
    """Raises UnreadableBodyError for what is no document."""
    root = dict_of(dict_of(document).get("root"))
    if not isinstance(root.get("children"), list):
        raise UnreadableBodyError
    return Lexical(conversion).blocks(root, depth=0)


class Lexical:
    def __init__(self, conversion: Conversion):
        self.conversion = conversion

    def blocks(self, node: dict, depth: int) -> str:
        return "\n".join(filter(None, (self.block(child, depth) for child in nodes(node))))

    def block(self, node: dict, depth: int) -> str:
        check_depth(depth)
        kind = text_of(node.get("type"))
        if kind == "paragraph":
            return paragraph(self.inline(node, depth))
        if kind in HEADINGS:
            tag = node.get("tag") if node.get("tag") in list(HEADING_TAGS) else "h2"
            return f"<{tag}>{self.inline(node, depth)}</{tag}>"
        if kind in QUOTES:
            return f"<blockquote>{paragraph(self.inline(node, depth))}</blockquote>"
        if kind == "list":
            return self.list(node, depth)
        if is_inline(kind):
            return paragraph(self.inline({"children": [node]}, depth))
        return self.other(kind, node, depth)

    def other(self, kind: str, node: dict, depth: int) -> str:
        """A card; or something unknown that holds text, which is kept."""
        if isinstance(node.get("children"), list):
            self.conversion.tell_unknown(kind)
            return paragraph(self.inline(node, depth + 1))
        return card_html(kind, node, self.conversion)

    def list(self, node: dict, depth: int) -> str:
        """An item that holds nothing but a list belongs to the one above it."""
        is_ordered = node.get("listType") == "number"
        start = number_of(node.get("start"))
        items: list[str] = []
        for child in nodes(node):
            inner = self.list_item(child, depth)
            lists = [text_of(one.get("type")) == "list" for one in nodes(child)]
            if items and lists and all(lists):
                items[-1] += inner
            else:
                items.append(inner)
        tag = "ol" if is_ordered else "ul"
        opening = f'<ol start="{start}">' if is_ordered and start > 1 else f"<{tag}>"
        return opening + "".join(f"<li>{one}</li>" for one in items) + f"</{tag}>"

    def list_item(self, node: dict, depth: int) -> str:
        check_depth(depth)
        box = CHECKBOXES[node["checked"]] if is_checkable(node) else ""
        parts = []
        for is_list, children in groupby(nodes(node), lambda one: one.get("type") == "list"):
            if is_list:
                parts += [self.list(child, depth + 1) for child in children]
            else:
                parts.append(self.inline({"children": list(children)}, depth))
        return box + "".join(parts)

    def inline(self, node: dict, depth: int) -> str:
        check_depth(depth)
        parts = []
        for key, group in groupby(nodes(node), format_of):
            if key is None:
                parts += [self.one_inline(child, depth) for child in group]
            else:
                parts.append(formatted(key, "".join(text_of(child.get("text")) for child in group)))
        return "".join(parts)

    def one_inline(self, node: dict, depth: int) -> str:
        kind = text_of(node.get("type"))
        if kind == "linebreak":
            return "<br>"
        if kind in LINKS:
            return link(node.get("url"), self.inline(node, depth + 1))
        if kind in SILENT:
            return ""
        if isinstance(node.get("children"), list):
            return self.inline(node, depth + 1)
        if kind in PLAIN or "text" in node:
            return escape(text_of(node.get("text")), quote=False)
        if kind == "image":
            source = attribute("src", node.get("src"))
            return f'<img{source} alt="{escape(text_of(node.get("alt")))}">' if source else ""
        return card_html(kind, node, self.conversion)


def nodes(node: dict) -> Iterator[dict]:
    return (child for child in list_of(node.get("children")) if isinstance(child, dict))


def is_inline(kind: str) -> bool:
    return kind == "linebreak" or kind in TEXTS | LINKS | PLAIN | SILENT


def is_checkable(node: dict) -> bool:
    return isinstance(node.get("checked"), bool)


def format_of(node: dict) -> int | None:
    """The format of a text; None for another node. Neighbours of one format are written as one."""
    return number_of(node.get("format")) if node.get("type") in list(TEXTS) else None


def formatted(bits: int, text: str) -> str:
    """Blanks at its ends stay outside: emphasis around them is none in Markdown."""
    tags = [tag for bit, tag in FORMATS if bits & bit]
    if not tags or not text.strip():
        return escape(text, quote=False)
    core = text if "code" in tags else text.strip()
    before, after = text.split(core, 1) if core != text else ("", "")
    opening = "".join(f"<{tag}>" for tag in tags)
    closing = "".join(f"</{tag}>" for tag in reversed(tags))
    return f"{before}{opening}{escape(core, quote=False)}{closing}{after}"


def check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnreadableBodyError
