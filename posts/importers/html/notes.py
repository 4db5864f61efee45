"""Footnotes of the usual plug-ins, told by their links: a mark leads to a note, the note back."""

import re

from posts.importers.html.block import indented, joined
from posts.importers.html.conversion import Conversion, Footnote
from posts.importers.html.tree import COMMENT, Node

HOLDERS = {"li", "p", "div", "dd", "td", "aside"}
NOTE_CLASS = re.compile(r"foot-?note|endnote|easy-footnote|mfn|\bfn\b", re.IGNORECASE)
BACK_CLASS = re.compile(
    r"foot-?note-?(?:back|number)|reverse-?footnote|backlink|backref", re.IGNORECASE
)
LABEL = re.compile(r"[\w-]{1,30}\Z")


def find_notes(root: Node, to: Conversion) -> None:
    """Turn marks into `sup for=...` and take the notes out of the text, into `to.notes`."""
    parents = {
        id(child): node
        for node in root.walk()
        for child in node.children
        if isinstance(child, Node)
    }
    places = {}
    for node in root.walk():
        for name in (node.get("id"), node.get("name") if node.tag == "a" else ""):
            if name:
                places.setdefault(name, node)
    for mark in [n for n in root.walk() if n.tag == "a" and n.get("href").startswith("#")]:
        name = mark.get("href")[1:]
        if name in to.notes:
            if _is_mark(mark, parents):
                _mark(mark, name, parents)
        elif holder := _holder(mark, places.get(name), parents):
            _take(holder, parents)
            to.notes[name] = Footnote(_label(mark.text(), to), holder)
            _mark(mark, name, parents)
    _inline_notes(root, to)
    _unlink(to)
    _drop_empty(root)


def _holder(mark: Node, place: Node | None, parents: dict[int, Node]) -> Node | None:
    """The element that holds the note `mark` leads to, if it is one."""
    if place is None or not _is_mark(mark, parents):
        return None
    names = {n.get("id") or n.get("name") for n in (mark, *_above(mark, parents)[:3])} - {""}
    node = place
    while node.tag not in HOLDERS:
        node = parents.get(id(node))
        if node is None or node.tag == "body":
            return None
    above = _above(mark, parents)
    if node is mark or any(node is other for other in above):
        return None
    links = [n.get("href") for n in node.walk() if n.tag == "a"]
    leads_back = any(link[:1] == "#" and link[1:] in names for link in links)
    named = any(NOTE_CLASS.search(n.get("class")) for n in (node, *_above(node, parents)[:2]))
    return node if leads_back or named else None


def _is_mark(mark: Node, parents: dict[int, Node]) -> bool:
    """A raised number that is a link, not a link of a table of contents."""
    near = (mark, *_above(mark, parents)[:2])
    if BACK_CLASS.search(mark.get("class")):
        return False
    if mark.get("role") == "doc-noteref" or any(n.tag == "sup" for n in near) or mark.find("sup"):
        return True
    text = mark.text().strip()
    is_short = len(text.strip("[]()")) <= 3 and bool(text)
    return is_short and (bool(NOTE_CLASS.search(mark.get("class"))) or text.startswith("["))


def _above(node: Node, parents: dict[int, Node]) -> list[Node]:
    found = []
    while (node := parents.get(id(node))) is not None:
        found.append(node)
    return found


def _label(text: str, to: Conversion) -> str:
    label = text.strip().strip("[]()")
    taken = {note.label for note in to.notes.values()}
    if LABEL.match(label) and label not in taken:
        return label
    return next(name for n in range(1, len(taken) + 2) if (name := f"note-{n}") not in taken)


def _mark(mark: Node, name: str, parents: dict[int, Node]) -> None:
    above = parents.get(id(mark))
    if above is not None and above.tag == "sup":
        above.tag = "span"
    mark.tag, mark.attributes, mark.children = "sup", {"for": name}, [mark.text()]


def _take(holder: Node, parents: dict[int, Node]) -> None:
    above = parents[id(holder)]
    above.children = [c for c in above.children if c is not holder]
    rest = [c for c in above.children if not (isinstance(c, str) and not c.strip())]
    while (
        all(isinstance(c, Node) and c.tag in ("hr", COMMENT) for c in rest) and above.tag != "body"
    ):
        if not (above.tag in ("ol", "ul") or NOTE_CLASS.search(above.get("class"))):
            return
        gone, above = above, parents[id(above)]
        above.children = [c for c in above.children if c is not gone]
        rest = [c for c in above.children if not (isinstance(c, str) and not c.strip())]


def _unlink(to: Conversion) -> None:
    """Take the links back to the marks, and what they leave empty, out of the notes."""
    for note in to.notes.values():
        for node in note.content.walk():
            node.children = [c for c in node.children if isinstance(c, str) or not _leads_back(c)]


def _leads_back(node: Node) -> bool:
    if node.tag in ("sup", "span") and node.elements() and not node.has_words():
        return all(_leads_back(n) for n in node.elements())
    if node.tag != "a" or not node.get("href").startswith("#"):
        return False
    text = node.text().strip().replace("\ufe0e", "")
    return (
        bool(BACK_CLASS.search(node.get("class")))
        or node.get("role") == "doc-backlink"
        or len(text) <= 4
    )


def _inline_notes(root: Node, to: Conversion) -> None:
    """Notes that were written where their mark is to be."""
    for node in [n for n in root.walk() if n.tag == "inline-note"]:
        name = f"inline-{len(to.notes) + 1}"
        content = Node("div", {}, node.children, node.holds_blocks)
        to.notes[name] = Footnote(_label(str(len(to.notes) + 1), to), content)
        node.tag, node.attributes, node.children = "sup", {"for": name}, []
        node.holds_blocks = False


def _drop_empty(root: Node) -> None:
    for node in root.walk():
        if (
            NOTE_CLASS.search(node.get("class"))
            and not node.text().strip()
            and not node.find("img")
        ):
            node.children = []


def written_notes(to: Conversion) -> list[str]:
    """The notes as Markdown, in the order of their marks; those without one as paragraphs."""
    parts: list[str] = []
    waiting = list(to.notes.values())
    done: set[int] = set()
    while rest := [n for n in waiting if n.is_used and id(n) not in done]:
        for note in rest:
            done.add(id(note))
            text = joined(to.blocks(note.content.children, to, (note.content,)))
            parts.append(f"[^{note.label}]: {indented(text, 4)}")
    for note in waiting:
        if id(note) not in done:
            parts.extend(
                block.text for block in to.blocks(note.content.children, to, (note.content,))
            )
    return [part for part in parts if part]
