"""Tables: simple ones as Markdown, the others as HTML."""

import re

from posts.importers.html import kept
from posts.importers.html.block import Block
from posts.importers.html.code import is_gutter
from posts.importers.html.conversion import Conversion
from posts.importers.html.inline import inline
from posts.importers.html.tree import Node

ALIGNED = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)
ROWS = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}
CLASSES = {"align-start": "left", "align-center": "center", "align-end": "right"}
GROUPS = ("thead", "tbody", "tfoot")


def table(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    rows = _rows(node)
    cells = [cell for row in rows for cell in row.elements()]
    if any(is_gutter(cell) for cell in cells) and node.find("pre"):
        code = [child for cell in cells if not is_gutter(cell) for child in cell.children]
        return to.blocks(code, to, around)
    # Made for its looks: one cell a row holds it all.
    if all(len(row.elements()) == 1 for row in rows) and any(c.holds_blocks for c in cells):
        return to.blocks([child for cell in cells for child in cell.children], to, around)
    if not cells:
        return to.blocks(node.children, to, around)
    if not _is_simple(node, rows, cells):
        to.keep("table")
        return [Block(kept.html_block(node), "html")]
    return [Block(_markdown(rows, to), "table")]


def _rows(node: Node) -> list[Node]:
    """The rows of this table, not those of one inside it."""
    rows = []
    for child in node.elements():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in GROUPS:
            rows.extend(n for n in child.elements() if n.tag == "tr")
    return rows


def _is_simple(node: Node, rows: list[Node], cells: list[Node]) -> bool:
    """A row of headings, and nothing in the cells but words."""
    if any(_spans(cell) or cell.tag not in ("td", "th") for cell in cells):
        return False
    if any(_inline_of(cell) is None for cell in cells) or node.find("caption"):
        return False
    head = rows[0].elements()
    in_head = any(n.tag == "thead" and rows[0] in n.elements() for n in node.elements())
    return in_head or all(cell.tag == "th" for cell in head)


def _spans(cell: Node) -> bool:
    return any(cell.get(name).strip() not in ("", "1") for name in ("colspan", "rowspan"))


def _inline_of(cell: Node) -> list[Node | str] | None:
    """What a cell says, out of its one paragraph; None where it holds blocks."""
    blocks = [n for n in cell.elements() if n.is_block or n.holds_blocks]
    if not blocks:
        return cell.children
    only = blocks[0]
    if (
        len(cell.elements()) > 1
        or cell.has_words()
        or only.tag not in ("p", "div")
        or only.holds_blocks
    ):
        return None
    return only.children


def _markdown(rows: list[Node], to: Conversion) -> str:
    width = max(len(row.elements()) for row in rows)
    alignments = [_alignment(cell) for cell in rows[0].elements()]
    for row in rows[1:2]:
        alignments = [
            a or b for a, b in zip(alignments, map(_alignment, row.elements()), strict=False)
        ] + (alignments[len(row.elements()) :])
    alignments += [""] * (width - len(alignments))
    lines = [_line([_cell(cell, to) for cell in row.elements()], width) for row in rows]
    lines.insert(1, _line([ROWS[a] for a in alignments], width))
    return "\n".join(lines)


def _line(cells: list[str], width: int) -> str:
    return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"


def _cell(cell: Node, to: Conversion) -> str:
    text = inline(_inline_of(cell) or [], to, breaks="<br>")
    return text.replace("|", "\\|")


def _alignment(cell: Node) -> str:
    named = next((CLASSES[c] for c in cell.classes if c in CLASSES), "")
    match = ALIGNED.search(cell.get("style"))
    value = (cell.get("align") or (match[1] if match else "") or named).lower()
    return value if value in ROWS else ""
