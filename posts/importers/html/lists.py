"""Lists and tasks."""

from posts.importers.html import kept
from posts.importers.html.block import Block, indented, joined
from posts.importers.html.conversion import Conversion
from posts.importers.html.tree import COMMENT, Node

LETTERED = {"a", "A", "i", "I"}
# Two lists in a row would be one, were their markers the same.
OTHER = {"-": "*", "*": "-", ".": ")", ")": "."}


def list_of(node: Node, to: Conversion, around: tuple[Node, ...], previous: str) -> list[Block]:
    items = _items(node)
    if "gallery" in node.get("class"):
        return [block for item in items for block in to.blocks(item.children, to, around)]
    if _must_stay(node):
        to.keep("list with letters or in reverse order")
        return [Block(kept.html_block(node), "html")]
    marker = "." if node.tag == "ol" else "-"
    if previous == f"list {marker}":
        marker = OTHER[marker]
    number = _start(node)
    contents = [_contents(item, to, around) for item in items]
    contents = [(task, inner) for task, inner in contents if inner or task]
    tight = all(map(_is_tight, (inner for _, inner in contents)))
    lines = []
    for position, (task, inner) in enumerate(contents):
        head = (
            f"{min(number + position, 999_999_999)}{marker} " if node.tag == "ol" else f"{marker} "
        )
        text = joined(inner, "\n" if tight else "\n\n")
        lines.append(f"{head}{task}{indented(text, len(head))}".rstrip(" "))
    if not lines:
        return []
    return [Block(("\n" if tight else "\n\n").join(lines), f"list {marker}")]


def _items(node: Node) -> list[Node]:
    """The items; what stands between them belongs to the one before."""
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items.append(Node("li", child.attributes, list(child.children), child.holds_blocks))
        elif (isinstance(child, str) and not child.strip()) or (
            isinstance(child, Node) and child.tag == COMMENT
        ):
            continue
        elif items:
            items[-1].children.append(child)
            items[-1].holds_blocks = True
        else:
            items.append(Node("li", {}, [child], True))
    return items


def _contents(item: Node, to: Conversion, around: tuple[Node, ...]) -> tuple[str, list[Block]]:
    """The mark of a task, if it is one, and the blocks of an item."""
    box = next((n for n in item.walk() if n.tag == "input" and n.get("type") == "checkbox"), None)
    task = ""
    inner = to.blocks(item.children, to, (*around, item))
    if box is not None and inner and inner[0].kind == "paragraph":
        task = "[x] " if "checked" in box.attributes else "[ ] "
    return task, inner


def _is_tight(inner: list[Block]) -> bool:
    """One paragraph, then lists that may follow it without an empty line.

    A picture or player is none: in a tight list it would have neither caption nor box.
    """
    first, rest = inner[:1], inner[1:]
    if first and first[0].kind != "paragraph" and (rest or not first[0].kind.startswith("list")):
        return not rest and first[0].kind in ("code", "heading")
    return all(_may_interrupt(block) for block in rest) and len(rest) <= 1


def _may_interrupt(block: Block) -> bool:
    """CommonMark lets only a list that begins with 1 and with words interrupt a paragraph."""
    if not block.kind.startswith("list"):
        return False
    head, _, words = block.text.partition("\n")[0].partition(" ")
    return bool(words) and (head in "-*" or head in ("1.", "1)"))


def _must_stay(node: Node) -> bool:
    if node.tag != "ol" or node.find("pre"):
        return False
    return node.get("type") in LETTERED or "reversed" in node.attributes


def _start(node: Node) -> int:
    value = node.get("start").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1
