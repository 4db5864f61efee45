"""Blocks of HTML as blocks of Markdown."""

import re
from collections import deque

from posts.importers.html import kept
from posts.importers.html.block import Block, joined
from posts.importers.html.code import code_text, fence, language_of
from posts.importers.html.conversion import Conversion
from posts.importers.html.definitions import definitions
from posts.importers.html.elements import DROPPED, EMPHASIS, HEADINGS
from posts.importers.html.embeds import frame, player
from posts.importers.html.escaping import heading_end
from posts.importers.html.figures import figure
from posts.importers.html.formulas import block_formula, is_display, tex_of
from posts.importers.html.inline import emphasis_of, inline
from posts.importers.html.lists import list_of
from posts.importers.html.tables import table
from posts.importers.html.tree import COMMENT, Node
from posts.rendering.rawhtml import MORE

# The renderer reads 50 levels, and a list in a list is two.
MAX_NESTED = 15
NEXT_PAGE = re.compile(r"\s*nextpage\s*\Z", re.IGNORECASE)
DYNAMIC = re.compile(r"\s*wp:([\w/-]{1,60})\s.*/\s*\Z", re.DOTALL)
EXPLICIT_ID = re.compile(r"[\w.:-]{1,80}\Z")
# The parser takes the first line of a list or of code for a further term, if what follows fits.
END_OF_DEFINITIONS = Block("<!-- -->", "html")
ALERTS = {"note", "tip", "important", "warning", "caution"}


def blocks(nodes: list[Node | str], to: Conversion, around: tuple[Node, ...] = ()) -> list[Block]:
    """What `nodes` hold, one block after another; `around` are the elements they stand in."""
    made: list[Block] = []
    run: list[Node | str] = []

    def flush() -> None:
        for part in _paragraphs(run):
            made.extend(_paragraph(part, to))
        run.clear()

    waiting = deque(nodes)
    while waiting:
        node = waiting.popleft()
        if isinstance(node, str) or not _stands_alone(node):
            run.append(node)
            continue
        if not node.is_block and node.holds_blocks and node.tag != COMMENT:
            waiting.extendleft(reversed(_pushed_down(node)))
            continue
        flush()
        new = _block(node, to, around, made[-1].kind if made else "")
        if (
            made
            and made[-1].kind == "definitions"
            and new
            and new[0].kind not in ("paragraph", "figure")
        ):
            made.append(END_OF_DEFINITIONS)
        made.extend(new)
    flush()
    return made


def _stands_alone(node: Node) -> bool:
    if node.tag == COMMENT:
        words = node.get("words")
        return bool(
            MORE.fullmatch(f"<!--{words}-->") or NEXT_PAGE.match(words) or DYNAMIC.match(words)
        )
    return node.is_block or node.holds_blocks or _is_display(node) or node.tag == "svg"


def _is_display(node: Node) -> bool:
    return node.tag in ("math", "script", "span") and is_display(node) and bool(tex_of(node))


def _paragraphs(run: list[Node | str]) -> list[list[Node | str]]:
    """The run parted where two line breaks stand together, as those write who have no `p`."""
    parts: list[list[Node | str]] = [[]]
    breaks = 0
    for node in run:
        if isinstance(node, Node) and node.tag == "br":
            breaks += 1
            if breaks == 2:
                parts.append([])
                continue
        elif not (isinstance(node, str) and not node.strip(" \t\n\r\f")):
            breaks = 0
        parts[-1].append(node)
    return parts


def _paragraph(nodes: list[Node | str], to: Conversion) -> list[Block]:
    real = [n for n in nodes if not (isinstance(n, str) and not n.strip())]
    if (
        len(real) == 1
        and isinstance(only := real[0], Node)
        and only.tag in ("code", "tt")
        and only.find("br")
    ):
        return [Block(fence(to.code(code_text(only)), language_of((), only, to.language)), "code")]
    text = inline(nodes, to)
    return [Block(text, "paragraph")] if text else []


def _pushed_down(node: Node) -> list[Node | str]:
    """Emphasis or a link around blocks, as emphasis or a link inside of each of them."""
    if not (node.tag in EMPHASIS or node.tag == "a" or emphasis_of(node)):
        return node.children
    return _wrapped(node.children, node)


def _wrapped(children: list[Node | str], around: Node) -> list[Node | str]:
    wrapped: list[Node | str] = []
    run: list[Node | str] = []
    for child in [*children, None]:
        if child is not None and (
            isinstance(child, str) or not (child.is_block or child.holds_blocks)
        ):
            run.append(child)
            continue
        if any(not isinstance(n, str) or n.strip() for n in run):
            wrapped.append(Node(around.tag, around.attributes, run))
        else:
            wrapped.extend(run)
        run = []
        if child is None:
            continue
        if child.tag == around.tag or child.tag in ("pre", "table", "iframe"):
            wrapped.append(child)
        else:
            wrapped.append(child.copy(_wrapped(child.children, around)))
    return wrapped


def _block(node: Node, to: Conversion, around: tuple[Node, ...], previous: str) -> list[Block]:
    """One element that stands alone; `previous` is the kind of block before it."""
    tag, inside = node.tag, (*around, node)
    if tag == COMMENT:
        return _comment(node, to)
    if _is_display(node):
        shown = block_formula(tex_of(node)) or kept.html_block(node)
        return [Block(shown, "formula")]
    if tag in DROPPED:
        return []
    if tag in HEADINGS:
        return _heading(node, to)
    if tag in ("pre", "listing", "xmp", "plaintext"):
        return _code(node, to, around)
    if tag == "hr":
        return [Block("___" if around else "---", "rule")]
    if (
        tag in ("ul", "ol", "menu", "dir", "blockquote", "aside", "dl")
        and _depth(around) >= MAX_NESTED
    ):
        return blocks(node.children, to, inside)
    if tag in ("ul", "ol", "menu", "dir"):
        return list_of(node, to, inside, previous)
    if tag == "blockquote" or "kg-callout-card" in node.classes or "callout" in node.classes:
        return _quote(node, to, inside)
    if tag in ELEMENTS:
        return ELEMENTS[tag](node, to, inside)
    if tag == "svg":
        to.keep("drawing")
        return []
    if tag == "form":
        to.keep("form")
    return blocks(node.children, to, inside)


def _depth(around: tuple[Node, ...]) -> int:
    return sum(n.tag in ("ul", "ol", "menu", "dir", "blockquote", "aside", "dl") for n in around)


def _comment(node: Node, to: Conversion) -> list[Block]:
    """What WordPress says with comments: where the summary ends, where a page ends, or "put it here"."""
    words = node.get("words")
    if MORE.fullmatch(f"<!--{words}-->"):
        return [Block("<!--more-->", "html")]
    if NEXT_PAGE.match(words):
        to.keep("page break")
        return [Block("<!--nextpage-->", "html")]
    name = DYNAMIC.match(words)[1]
    if name not in ("more", "nextpage", "paragraph", "spacer", "separator"):
        to.keep(f"block {name}")
    return []


def _heading(node: Node, to: Conversion) -> list[Block]:
    text = inline(node.children, to, breaks=" ")
    if not text:
        return []
    text = heading_end(text)
    name = node.get("id")
    if name in to.wanted_ids and EXPLICIT_ID.match(name):
        text = f"{text} {{#{name}}}"
    return [Block(f"{'#' * int(node.tag[1])} {text}", "heading")]


def _code(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    if "wp-block-verse" in node.classes:
        to.keep("verse")
        return [Block(kept.html_block(node), "html")]
    if node.find("img"):
        to.keep("preformatted text with pictures")
        return [Block(kept.html_block(node), "html")]
    if node.find("a"):
        to.keep("links in code, left out")
    code = to.code(code_text(node))
    return [
        Block(
            fence(code, language_of(list(around), node, to.language), node.get("data-title")),
            "code",
        )
    ]


def _quote(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    inner = blocks(node.children, to, around)
    if not inner:
        return []
    text = joined(inner)
    kind = next((c.removeprefix("callout-") for c in node.classes if c.startswith("callout-")), "")
    if kind in ALERTS or "kg-callout-card" in node.classes:
        text = f"[!{(kind if kind in ALERTS else 'note').upper()}]\n{text}"
    lines = (f"> {line}" if line else ">" for line in text.split("\n"))
    return [Block("\n".join(lines), "quote")]


def _details(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    summary = next((n for n in node.elements() if n.tag == "summary"), None)
    inner = blocks([n for n in node.children if n is not summary], to, around)
    head = kept.html_of(summary) if summary else ""
    opening = " ".join(f"{kept.tag(node)}{head}".split())
    return [Block(opening, "html"), *inner, Block("</details>", "html")]


def _frame(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    text = frame(node, to)
    return [Block(text, "figure")] if text else []


def _player(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    text = player(node, to)
    return [Block(text, "html")] if text else []


ELEMENTS = {
    "details": _details,
    "figure": figure,
    "table": table,
    "dl": definitions,
    "iframe": _frame,
    "object": _frame,
    "embed": _frame,
    "video": _player,
    "audio": _player,
}
