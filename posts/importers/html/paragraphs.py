"""The paragraphs that WordPress leaves to empty lines."""

import re

from posts.importers.html.elements import BLOCKS
from posts.rendering.limits import names

ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)[^<>]*>")
COMMENT = re.compile(r"<!--\s*(more|nextpage|/?wp:)", re.IGNORECASE)
GUARDED = names("pre script style textarea svg math iframe object")
# What stands in these is in paragraphs where there is more than one of them, or bare text.
FLOWING = names(
    "body div blockquote section article aside main details figure center td th li dd footer header"
)
EMPTY_LINE = re.compile(r"\n[ \t\r\f]*\n\s*")
BREAK = re.compile(r"[ \t]*\n[ \t]*")
AFTER_BREAK = re.compile(r"(<br\b[^<>]*>)[ \t]*\n", re.IGNORECASE)


def wordpress_paragraphs(html: str) -> str:
    """`html` with a `p` for each part between empty lines, and `br` for single line breaks.

    What editors with blocks wrote has its paragraphs already; between its blocks nothing changes.
    """
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    if "<!-- wp:" in html:
        return html
    return _Paragraphs(html).run()


class _Paragraphs:
    def __init__(self, html: str):
        self.html, self.lower = html, html.lower()
        self.parts: list[str] = []
        self.open: list[str] = []  # the blocks around
        self.missing: set[str] = set()
        self.run_start = 0

    def run(self) -> str:
        at = 0
        while (at := self.html.find("<", at)) >= 0:
            at = self._at_markup(at)
        self._text(len(self.html))
        return "".join(self.parts)

    def _at_markup(self, at: int) -> int:
        """Deal with what begins with this `<`; answers where to go on."""
        if self.html.startswith("<!--", at):
            end = self._find("-->", at)
            if end < 0:
                return at + 1
            if COMMENT.match(self.html, at):
                self._boundary(at, end)
            return end
        match = ANY_TAG.match(self.html, at)
        if match is None:
            return at + 1
        name = match[2].lower()
        if name in GUARDED and not match[1]:
            end = self._find(f"</{name}>", match.end())
            end = match.end() if end < 0 else end
            if name in BLOCKS and name != "iframe":
                self._boundary(at, end)
            return end
        if name in BLOCKS and name not in ("iframe", "object", "embed", "video", "audio"):
            self._boundary(at, match.end())
            self._nest(name, bool(match[1]))
        return match.end()

    def _find(self, mark: str, start: int) -> int:
        """The place behind `mark`, or -1."""
        if mark in self.missing:
            return -1
        found = self.lower.find(mark, start)
        if found < 0:
            self.missing.add(mark)
            return -1
        return found + len(mark)

    def _boundary(self, start: int, end: int) -> None:
        self._text(start)
        self.parts.append(self.html[start:end])
        self.run_start = end

    def _nest(self, name: str, closing: bool) -> None:
        if name == "hr":
            return
        if not closing:
            self.open.append(name)
        elif name in self.open[-100:]:
            while self.open.pop() != name:
                pass

    def _text(self, end: int) -> None:
        """The text since the last block, in paragraphs."""
        text = self.html[self.run_start : end]
        self.run_start = end
        if not text.strip():
            self.parts.append(text)
            return
        inside = self.open[-1] if self.open else ""
        bodies = [part for part in EMPTY_LINE.split(text.strip(" \t\n\r\f")) if part]
        lines = [BREAK.sub("<br />\n", AFTER_BREAK.sub(r"\1", body)) for body in bodies]
        if not inside or (inside in FLOWING and len(lines) > 1) or inside == "blockquote":
            self.parts.append("\n".join(f"<p>{line}</p>" for line in lines))
        elif inside == "p":
            self.parts.append("</p>\n<p>".join(lines))
        else:
            self.parts.append("\n".join(lines))
