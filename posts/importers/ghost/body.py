"""The body of a post, from whichever of its copies says most.

Ghost keeps what the author wrote, in its format of the time, and the page it made from that. The
first is taken: in the page, cards are boxes for its own styles. The page serves where there is
nothing else, or where the first is broken.
"""

import json
import re

from django.utils.translation import gettext as _

from posts.importers.archives.records import Markup
from posts.importers.archives.values import text_of
from posts.importers.ghost import lexical, mobiledoc
from posts.importers.ghost.conversion import Conversion, UnreadableBodyError, relative
from posts.importers.ghost.markdown import spelt_out

CARD_MARK = re.compile(r"<!--kg-card-(?:begin|end)[^>]*-->")
GATE = re.compile(r"<!--kg-gated-block:(begin[^>]*|end)-->")


def body_of(row: dict, conversion: Conversion) -> tuple[str, Markup]:
    """Text and markup; what could not be kept is told to `conversion`."""
    for read, field in [(from_lexical, "lexical"), (from_mobiledoc, "mobiledoc")]:
        attempt = Conversion()
        try:
            document = document_of(row.get(field))
            body, markup = read(document, attempt) if document else ("", Markup.HTML)
        except UnreadableBodyError:
            conversion.tell(_("Its text is damaged in the archive; the finished page was taken."))
            continue
        # Where all of it was left out, the finished page must not bring it back.
        if body.strip() or attempt.problems:
            conversion.problems += attempt.problems
            return relative(body), markup
    return from_copies(row, conversion)


def document_of(value):
    """The JSON in the field; None where it is empty."""
    if isinstance(value, dict | list):
        return value
    text = text_of(value)
    if not text.strip():
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableBodyError from error


def from_lexical(document, conversion: Conversion) -> tuple[str, Markup]:
    return lexical.to_html(document, conversion), Markup.HTML


def from_mobiledoc(document, conversion: Conversion) -> tuple[str, Markup]:
    found = mobiledoc.read(document, conversion)
    markdown = found.markdown()
    if markdown is not None:
        return spelt_out(markdown), Markup.MARKDOWN
    return found.html(), Markup.HTML


def from_copies(row: dict, conversion: Conversion) -> tuple[str, Markup]:
    """Ghost 0.x has Markdown, and every version the finished page."""
    markdown = text_of(row.get("markdown"))
    if markdown.strip():
        return relative(spelt_out(markdown)), Markup.MARKDOWN
    html = text_of(row.get("html"))
    if html.strip():
        return relative(without_gated(CARD_MARK.sub("", html), conversion)), Markup.HTML
    return relative(text_of(row.get("plaintext"))), Markup.PLAIN


def without_gated(html: str, conversion: Conversion) -> str:
    """Without the parts that not everybody saw."""
    parts = GATE.split(html)
    kept, is_open = [parts[0]], True
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        is_open = not mark.startswith("begin") or "nonMember:true" in mark
        if is_open:
            kept.append(part)
        else:
            conversion.tell(_("A part that only members saw was left out."))
    return "".join(kept)
