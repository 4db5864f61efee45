"""The HTML of other systems as our Markdown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from posts.importers.html.block import joined
from posts.importers.html.blocks import blocks
from posts.importers.html.cleaning import clean, keep_places
from posts.importers.html.conversion import Conversion
from posts.importers.html.notes import find_notes, written_notes
from posts.importers.html.paragraphs import wordpress_paragraphs
from posts.importers.html.settling import Addresses, settle
from posts.importers.html.shortcodes import Expand, expand_shortcodes
from posts.importers.html.tree import parse


@dataclass(frozen=True)
class Converted:
    """`kept` says what stays HTML or is left out, a few words each; `codes` are the source's blocks
    of code in the order of the Markdown's, which may each have a line break more at their end."""

    markdown: str
    kept: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def to_markdown(
    html: str,
    *,
    language: str = "",
    notes: Mapping[str, str] | None = None,
    addresses: Addresses | None = None,
) -> Converted:
    """`html` as Markdown. `language` is that of code which names none.

    `notes` are footnotes that the source keeps beside the text: HTML by the id that a mark
    leads to. `addresses` gives links and pictures new ones. Never raises for what is in `html`.
    """
    to = Conversion(language=language)
    to.blocks = blocks
    listed = "".join(
        f'<div class="footnote" id="{_attribute(name)}">{text}</div>'
        for name, text in (notes or {}).items()
    )
    root = parse(html + listed)
    find_notes(root, to)
    roots = [root, *(note.content for note in to.notes.values())]
    for each in roots:
        clean(each, to)
    if addresses:
        settle(roots, addresses)
    keep_places(roots, to)
    made = joined(blocks(root.children, to))
    parts = [part for part in (made, *written_notes(to)) if part]
    markdown = "\n\n".join(parts)
    return Converted(f"{markdown}\n" if markdown else "", to.kept, to.codes)


def wordpress_to_markdown(
    body: str,
    *,
    language: str = "",
    expand: Expand | None = None,
    notes: Mapping[str, str] | None = None,
    addresses: Addresses | None = None,
) -> Converted:
    """What WordPress stores of a text: HTML without its paragraphs, with shortcodes.

    `expand` answers with the HTML of a shortcode that only the archive can tell, such as a
    gallery of its pictures, or with None.
    """
    html, unknown = expand_shortcodes(body, expand)
    found = to_markdown(
        wordpress_paragraphs(html), language=language, notes=notes, addresses=addresses
    )
    return Converted(found.markdown, [*found.kept, *unknown], found.codes)


def _attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
