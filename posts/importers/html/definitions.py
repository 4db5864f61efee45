"""Lists of terms and what they mean."""

from itertools import pairwise

from posts.importers.html import kept
from posts.importers.html.block import Block, indented, joined
from posts.importers.html.conversion import Conversion
from posts.importers.html.inline import inline
from posts.importers.html.tree import Node


def definitions(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    """`Term` and `: meaning`; HTML where several terms share one meaning or a term holds blocks."""
    parts = _parts(node)
    if not _is_plain(parts):
        if any(part.find("pre") for part in parts):
            return to.blocks(
                [c for part in parts for c in (*part.children, Node("hr"))], to, around
            )
        to.keep("list of terms")
        return [Block(kept.html_block(node), "html")]
    entries: list[str] = []
    for part in parts:
        if part.tag == "dt":
            entries.append(inline(part.children, to, breaks=" "))
        else:
            meaning = joined(to.blocks(part.children, to, (*around, part)))
            entries[-1] += f"\n\n: {indented(meaning, 2)}"
    return [Block("\n\n".join(entries), "definitions")] if entries else []


def _parts(node: Node) -> list[Node]:
    """The `dt` and `dd`; a `div` may group them."""
    parts: list[Node] = []
    for child in node.elements():
        if child.tag in ("dt", "dd"):
            parts.append(child)
        elif child.tag == "div":
            parts.extend(n for n in child.elements() if n.tag in ("dt", "dd"))
        else:
            return []
    return parts


def _is_plain(parts: list[Node]) -> bool:
    """Each term with words and no blocks, each followed by meanings with words."""
    tags = [part.tag for part in parts]
    if not tags or tags[0] != "dt" or tags[-1] != "dd":
        return False
    if any(a == b == "dt" for a, b in pairwise(tags)):
        return False
    return all(
        part.text().strip() and not (part.tag == "dt" and part.holds_blocks) for part in parts
    )
