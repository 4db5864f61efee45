"""A run of text with its emphasis, links, code and pictures, as one paragraph of Markdown."""

import re

from markdown_it.common.normalize_url import validateLink

from posts.importers.html import escaping, kept
from posts.importers.html.code import inline_code
from posts.importers.html.conversion import Conversion
from posts.importers.html.elements import DROPPED, EMPHASIS, INLINE_HTML
from posts.importers.html.emphasis import MARKS, Piece, choose_marks, tidy_blanks
from posts.importers.html.formulas import inline_formula, tex_of
from posts.importers.html.pictures import picture
from posts.importers.html.tree import COMMENT, Node
from posts.rendering.rawhtml import MORE

BLANKS = re.compile(r"[ \t\n\r\f]+")
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|400)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
STRUCK = re.compile(r"text-decoration[^;]*:\s*line-through", re.IGNORECASE)
BARE = re.compile(r"https?://[!#-;=?-\[\]_a-z~]{1,1900}\Z")
MAIL = re.compile(r"mailto:([\w.+-]{1,64}@[\w.-]{1,250})\Z", re.ASCII)
HARD_BREAK = "\\\n"


def inline(nodes: list[Node | str], to: Conversion, *, breaks: str = HARD_BREAK) -> str:
    """The Markdown of nodes that hold no blocks; `breaks` is what a line break becomes."""
    pieces: list[Piece] = []
    _Flattening(to, pieces).add_all(nodes, frozenset())
    pieces = tidy_blanks(pieces)
    if pieces and pieces[0].kind == "text":  # a no-break space at the very start is dropped anyway
        pieces[0].text = pieces[0].text.lstrip()
    choose_marks(pieces)
    text = _written(pieces, breaks)
    return "\n".join(map(escaping.line_start, text.strip().split("\n")))


class _Flattening:
    """Nodes as a row of pieces."""

    def __init__(self, to: Conversion, pieces: list[Piece]):
        self.to, self.pieces = to, pieces

    def add_all(self, nodes: list[Node | str], within: frozenset[str]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.words(node)
            else:
                self.add(node, within)

    def add(self, node: Node, within: frozenset[str]) -> None:
        """`within` names the emphasis and link around."""
        if node.tag == COMMENT:
            if MORE.fullmatch(f"<!--{node.get('words')}-->"):
                self.raw("<!--more-->")
        elif tex := tex_of(node):
            self.raw(inline_formula(tex) or (kept.html_of(node) if node.tag == "math" else ""))
        elif node.tag == "sup" and "for" in node.attributes:
            self.note(node, within)
        elif node.tag in DROPPED:
            return
        elif node.tag == "br":
            self.pieces.append(Piece("break"))
        elif node.tag == "img":
            self.raw(picture(node, self.to))
        elif node.tag in ("code", "tt"):
            self.code(node, within)
        elif node.tag == "a":
            self.link(node, within)
        elif node.tag == "math":
            self.raw(kept.html_of(node))
        elif node.tag in INLINE_HTML:
            self.raw(kept.tag(node))
            if node.tag != "wbr":
                self.add_all(node.children, within)
                self.raw(f"</{node.tag}>")
        else:
            self.other(node, within)

    def other(self, node: Node, within: frozenset[str]) -> None:
        """Emphasis, and whatever else has no meaning in a line but that of its words."""
        if node.is_block:
            self.pieces.append(Piece("space"))
        kinds = [kind for kind in emphasis_of(node) if kind not in within]
        for kind in kinds:
            self.pieces.append(Piece("open", kind, pair=(node, kind)))
        opened = [piece.pair for piece in self.pieces[len(self.pieces) - len(kinds) :]]
        self.add_all(node.children, within | set(kinds))
        for pair in reversed(opened):
            self.pieces.append(Piece("close", pair[1], pair=pair))
        if node.is_block:
            self.pieces.append(Piece("space"))

    def words(self, text: str) -> None:
        text = BLANKS.sub(" ", text)
        if not text.strip():  # a no-break space alone holds a place for nothing
            text = " "
        if text.startswith(" "):
            self.pieces.append(Piece("space"))
        if text.strip(" "):
            self.pieces.append(Piece("text", text.strip(" ")))
        if text.endswith(" "):
            self.pieces.append(Piece("space"))

    def raw(self, markdown: str) -> None:
        if markdown:
            self.pieces.append(Piece("raw", markdown))

    def note(self, node: Node, within: frozenset[str]) -> None:
        note = self.to.notes[node.get("for")]
        if "link" in within:
            self.raw("<sup>")
            self.words(node.text())
            self.raw("</sup>")
        else:
            note.is_used = True
            self.raw(f"[^{note.label}]")

    def code(self, node: Node, within: frozenset[str]) -> None:
        """A code span; where something in it is marked up, the mark-up goes around it or it stays HTML."""
        only = node.elements()
        plain = all(n.tag in ("span", "font", "code") for n in node.walk() if n is not node)
        if plain:
            if text := node.text():
                self.pieces.append(Piece("code", text))
        elif (
            len(only) == 1 and not node.has_words() and (only[0].tag == "a" or emphasis_of(only[0]))
        ):
            inside = Node("code", node.attributes, only[0].children)
            self.add(only[0].copy([inside]), within)
        else:
            self.raw("<code>")
            self.add_all(node.children, within)
            self.raw("</code>")

    def link(self, node: Node, within: frozenset[str]) -> None:
        address = node.get("href").strip()
        name = node.get("id") or node.get("name")
        if name and name in self.to.wanted_ids:
            self.raw(f'<a id="{kept.escape(name)}"></a>')
        if not address or "link" in within or not _may_lead(address):
            if address and "link" not in within and not _may_lead(address):
                self.to.keep(f"link to {address[:60]}")
            self.add_all(node.children, within)
            return
        words = node.text().strip()
        mail = MAIL.match(address)
        if (words == address and BARE.match(address)) or (mail and words == mail[1]):
            self.raw(f"<{words}>")
            return
        title = escaping.title(node.get("title"))
        end = f"]({escaping.destination(address)}{title})"
        self.pieces.append(Piece("open", "link", pair=node, mark="["))
        self.add_all(node.children, within | {"link"})
        self.pieces.append(Piece("close", "link", pair=node, mark=end))


def emphasis_of(node: Node) -> list[str]:
    """What the element makes of its words: "strong", "em" or "del", by its name or its style."""
    style = node.get("style")
    if node.tag in EMPHASIS:
        # What a word processor puts around everything it pastes.
        is_paste = node.tag == "b" and LIGHT.search(style)
        return [] if is_paste else [EMPHASIS[node.tag]]
    if node.tag not in ("span", "font") or not style:
        return []
    found = (("strong", BOLD), ("em", ITALIC), ("del", STRUCK))
    return [kind for kind, pattern in found if pattern.search(style)]


def _may_lead(address: str) -> bool:
    return validateLink(address) and not address.lower().startswith("data:")


def _written(pieces: list[Piece], breaks: str) -> str:
    parts: list[str] = []
    last, links = "", 0
    for at, piece in enumerate(pieces):
        if piece.kind == "text":
            after = _begins(pieces, at + 1)
            written = escaping.escape(piece.text, last, after, in_link=links > 0)
        elif piece.kind == "space":
            written = " "
        elif piece.kind == "break":
            written = breaks
        elif piece.kind == "raw":
            written = piece.text
        elif piece.kind == "code":
            written = inline_code(piece.text)
        else:
            written = piece.mark
            if piece.text not in MARKS:
                links += 1 if piece.kind == "open" else -1
        parts.append(written)
        last = written[-1:] or last
    return "".join(parts)


def _begins(pieces: list[Piece], at: int) -> str:
    if at >= len(pieces):
        return ""
    piece = pieces[at]
    if piece.is_blank:
        return " " if piece.kind == "space" else "\\"
    return "`" if piece.kind == "code" else (piece.mark or piece.text)[:1]
