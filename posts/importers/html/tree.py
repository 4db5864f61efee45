"""HTML as a tree of our own: read by lxml, bounded in depth.

libxml2 reads tags, entities and comments as HTML5 says (since 2.14) at 2 MB a second, and takes a
tree 100,000 deep. html5lib also repairs misnested tags as a browser would, but needs 25 times as
long, and its time grows with the square of the depth: ten seconds for 10,000 open tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from posts.importers.html.elements import BLOCKS, HEADINGS, TAGS, VOID
from posts.rendering.limits import tidy

# Deeper elements are left out and their words kept: each level costs Python frames.
MAX_DEPTH = 60
COMMENT = "#comment"
MARKUP = re.compile(r"<(?:(/?)([A-Za-z][^\s/<>\"'=]{0,60})|[?]|!(?!--|doctype))", re.IGNORECASE)
# <o:p> of a word processor, <my-element>; but not <std::string>.
PREFIXED = re.compile(r"[a-z]\w*:[a-z][\w-]*|[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


@dataclass(slots=True)
class Node:
    """An element, or a comment, whose words are in `attributes`."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    holds_blocks: bool = False  # somewhere below

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def elements(self) -> list["Node"]:
        return [c for c in self.children if isinstance(c, Node) and c.tag != COMMENT]

    def has_words(self) -> bool:
        """Whether text stands directly in it."""
        return any(isinstance(c, str) and c.strip() for c in self.children)

    def walk(self) -> Iterator["Node"]:
        """This and every node below, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(c for c in reversed(node.children) if isinstance(c, Node))

    def find(self, *tags: str) -> "Node | None":
        return next((n for n in self.walk() if n.tag in tags and n is not self), None)

    def text(self) -> str:
        """Every word in it, as typed; a line break is a new line."""
        parts, waiting = [], [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                parts.append(item)
            elif item.tag == "br":
                parts.append("\n")
            elif item.tag != COMMENT:
                waiting.extend(reversed(item.children))
        return "".join(parts)

    def copy(self, children: list["Node | str"]) -> "Node":
        holds = any(isinstance(c, Node) and (c.is_block or c.holds_blocks) for c in children)
        return Node(self.tag, self.attributes, children, holds)


class _Builder:
    """What libxml2's parser tells about the text, as nodes."""

    def __init__(self):
        self.root = Node("body")
        self.inside = [self.root]
        self.open: list[bool] = []  # of each element: whether it has a node in `inside`

    def start(self, tag: str, attributes) -> None:
        tag = tag.lower()
        if tag in HEADINGS:
            self._close_heading()
        if tag in ("html", "body") or (len(self.inside) > MAX_DEPTH and tag not in VOID):
            self.open.append(False)
            return
        node = Node(tag, {name.lower(): value or "" for name, value in attributes.items()})
        self.inside[-1].children.append(node)
        self.inside.append(node)
        self.open.append(True)

    def end(self, tag: str) -> None:
        if self.open and self.open.pop():
            self.inside.pop()

    def data(self, text: str) -> None:
        # Pieces are joined at the end: to lengthen a string for each entity costs its square.
        self.inside[-1].children.append(text)

    def comment(self, text: str) -> None:
        self.inside[-1].children.append(Node(COMMENT, {"words": text}))

    def pi(self, target: str, data: str | None = None) -> None:
        """Instructions mean nothing in a text."""

    def close(self) -> Node:
        return self.root

    def _close_heading(self) -> None:
        """A heading ends where the next begins; libxml2 would put one into the other."""
        if self.open and self.open[-1] and self.inside[-1].tag in HEADINGS:
            self.open[-1] = False
            self.inside.pop()


def parse(html: str) -> Node:
    """The text as a tree. Never raises for what is in it."""
    parser = etree.HTMLParser(target=_Builder(), huge_tree=True)
    # Without a body of its own, text before the first element would get a paragraph around it.
    parser.feed("<!DOCTYPE html><html><body>" + _shown(tidy(html)))
    root = parser.close()
    _settle(root)
    return root


def _shown(html: str) -> str:
    """`<` where no element begins as `&lt;`, so that code whose author forgot it is not lost."""

    def show(match: re.Match) -> str:
        name = (match[2] or "").lower()
        is_markup = name in TAGS or PREFIXED.fullmatch(name)
        return match[0] if is_markup else "&lt;" + match[0][1:]

    return MARKUP.sub(show, html.replace("\r\n", "\n").replace("\r", "\n"))


def _settle(root: Node) -> None:
    """Join neighbouring pieces of text, and note for each element whether it holds blocks."""
    nodes = list(root.walk())
    for node in reversed(nodes):
        joined: list[Node | str] = []
        run: list[str] = []
        for child in node.children:
            if isinstance(child, str):
                run.append(child)
                continue
            if run:
                joined.append("".join(run))
                run = []
            joined.append(child)
            if child.is_block or child.holds_blocks:
                node.holds_blocks = True
        if run:
            joined.append("".join(run))
        node.children = joined
