"""Telling what changed since the last import: the file, or the text on the site."""

import hashlib
import json
from pathlib import Path

from posts.importers.converting import Converter
from posts.importers.document import Document
from posts.models import Page, Post

VERSION = 1  # raise when files are to be converted anew
HALF = 32  # hexadecimal digits of each digest; both share one column


def file_digest(document: Document, converter: Converter, body: str, cover: Path | None) -> str:
    """Of all that an import takes from a file, its pictures included."""
    fields = dict(document.fields.values)
    # A guessed date moves whenever somebody copies the folder.
    date = None if document.date_is_guessed else document.published_at
    facts = [VERSION, document.path, document.kind, document.title, document.slug, date, body]
    facts += [picture_digest(picture.file) for picture in converter.references.pictures]
    facts += [picture_digest(cover) if cover else "", document.tags, document.authors]
    return digest([facts, fields, document.is_draft, document.updated_at])


def picture_digest(file: Path) -> str:
    """SHA-256 as in Image.digest; empty for a file that cannot be read."""
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return ""


def state_digest(text: Post | Page) -> str:
    """Of all in the database that an import writes and an editor may change."""
    facts = [text.title, text.slug, text.body, text.language, text.published_at]
    facts += [text.updated_at, text.noindex]
    if isinstance(text, Post):
        facts += [text.summary, text.comments_open, text.canonical_url, text.evergreen]
        facts += [text.cover_id, text.cover_alt, text.series_id, text.series_part]
        facts.append(
            list(text.bylines.order_by("position", "pk").values_list("user_id", flat=True))
        )
        facts.append(sorted(text.tags.values_list("pk", flat=True)))
    else:
        facts += [text.in_navigation, text.position]
    return digest(facts)


def digest(facts: list) -> str:
    data = json.dumps(facts, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(data.encode("utf-8", "replace"), digest_size=HALF // 2).hexdigest()
