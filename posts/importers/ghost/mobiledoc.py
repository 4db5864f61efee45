"""Mobiledoc, the format of Ghost 1 to 4, to HTML.

A document lists its markups, atoms and cards once, and its sections name them by number. Version
0.3 is what Ghost writes; 0.2, of its first betas, has its two lists in one and no atoms.
"""

from html import escape

from posts.importers.archives.values import dict_of, list_of, number_of, text_of
from posts.importers.ghost.cards import CARDS, card_html
from posts.importers.ghost.cards import markdown as markdown_card
from posts.importers.ghost.conversion import (
    Conversion,
    UnreadableBodyError,
    attribute,
    figure,
    paragraph,
)

TEXT, IMAGE, LIST, CARD = 1, 2, 3, 10
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
QUOTES = {"blockquote", "aside", "pull-quote"}
MARKUPS = {"a", "strong", "b", "em", "i", "code", "s", "del", "u", "sub", "sup", "mark"}
MAX_OPEN = 50  # markups around one word; more are no writing


class Mobiledoc:
    def __init__(self, document: dict, conversion: Conversion):
        self.conversion = conversion
        self.markups = list_of(document.get("markups"))
        self.atoms = list_of(document.get("atoms"))
        self.cards = list_of(document.get("cards"))
        self.sections = list_of(document.get("sections"))
        if text_of(document.get("version")).startswith("0.2") and len(self.sections) == 2:
            self.markups, self.sections = (list_of(part) for part in self.sections)

    def markdown(self) -> str | None:
        """The Markdown, where the whole document is cards of Markdown; else None."""
        parts = []
        for section in self.sections:
            name, payload = self.card_of(section)
            if CARDS.get(name) is markdown_card:
                parts.append(text_of(payload.get("markdown")))
            elif not is_empty(section):
                return None
        return "\n\n".join(parts) if parts else None

    def card_of(self, section) -> tuple[str, dict]:
        """Name and fields of the card in the section; ("", {}) where there is none."""
        parts = list_of(section)
        if kind_of(section) != CARD or len(parts) < 2:
            return "", {}
        if isinstance(parts[1], str):  # version 0.2
            return parts[1], dict_of(item(parts, 2))
        card = list_of(item(self.cards, parts[1]))
        return text_of(item(card, 0)), dict_of(item(card, 1))

    def html(self) -> str:
        return "\n".join(part for part in map(self.section_html, self.sections) if part)

    def section_html(self, section) -> str:
        parts = list_of(section)
        kind = kind_of(section)
        if kind == TEXT:
            return self.block(text_of(item(parts, 1)), item(parts, 2))
        if kind == IMAGE:
            source = attribute("src", item(parts, 1))
            return figure(f'<img{source} alt="">') if source else ""
        if kind == LIST:
            return self.list(text_of(item(parts, 1)), list_of(item(parts, 2)))
        name, payload = self.card_of(section)
        return card_html(name, payload, self.conversion) if name else ""

    def block(self, tag: str, markers) -> str:
        inner = self.inline(markers)
        if tag in QUOTES:
            return f"<blockquote>{paragraph(inner)}</blockquote>"
        return f"<{tag}>{inner}</{tag}>" if tag in HEADINGS else paragraph(inner)

    def list(self, tag: str, items: list) -> str:
        tag = "ol" if tag == "ol" else "ul"
        inner = "".join(f"<li>{self.inline(markers)}</li>" for markers in items)
        return f"<{tag}>{inner}</{tag}>"

    def inline(self, markers) -> str:
        """A marker opens markups, says something, and closes some of those that are open."""
        html, open_tags = [], []
        for marker in list_of(markers):
            opened, closed, words = self.read_marker(list_of(marker))
            for number in opened:
                start, end = self.markup(number, full=len(open_tags) >= MAX_OPEN)
                html.append(start)
                open_tags.append(end)
            html.append(words)
            html += [open_tags.pop() for _one in range(min(closed, len(open_tags)))]
        return "".join(html + open_tags[::-1])

    def read_marker(self, marker: list) -> tuple[list, int, str]:
        if len(marker) == 3:  # version 0.2 has no kinds of markers
            marker = [0, *marker]
        kind, opened, closed, value = [*marker, None, None, None, None][:4]
        words = self.atom(value) if kind == 1 else escape(text_of(value), quote=False)
        return list_of(opened), number_of(closed), words

    def atom(self, number) -> str:
        atom = list_of(item(self.atoms, number))
        if item(atom, 0) == "soft-return":
            return "<br>"
        return escape(text_of(item(atom, 1)), quote=False)

    def markup(self, number, full: bool) -> tuple[str, str]:
        """Tags that open and close the markup; empty for one that is unknown or too much."""
        markup = list_of(item(self.markups, number))
        tag = text_of(item(markup, 0)).lower()
        if full or tag not in MARKUPS:
            return "", ""
        values = list_of(item(markup, 1))
        pairs = dict(zip(map(text_of, values[::2]), values[1::2], strict=False))
        attributes = attribute("href", pairs.get("href")) if tag == "a" else ""
        return f"<{tag}{attributes}>", f"</{tag}>"


def read(document, conversion: Conversion) -> Mobiledoc:
    """Raises UnreadableBodyError for what is no document."""
    if not isinstance(document, dict) or not isinstance(document.get("sections"), list):
        raise UnreadableBodyError
    return Mobiledoc(document, conversion)


def item(values: list, number):
    """The value at that place; None where there is none."""
    if not isinstance(number, int) or not 0 <= number < len(values):
        return None
    return values[number]


def kind_of(section) -> int:
    kind = item(list_of(section), 0)
    return kind if isinstance(kind, int) else 0


def is_empty(section) -> bool:
    """Whether it is the empty paragraph that Ghost's editor leaves at the end."""
    return kind_of(section) == TEXT and not list_of(item(list_of(section), 2))
