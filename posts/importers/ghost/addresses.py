"""Where a post of Ghost was: its address is not in the export, only what makes it."""

import re
from collections.abc import Iterator

from posts.importers.archives.records import Text
from posts.importers.archives.values import line_of
from posts.importers.ghost.conversion import OWN_ADDRESS, relative
from posts.importers.ghost.index import Index

DEFAULT = "/:slug/"
OBJECT_ID = re.compile(r"[0-9a-f]{24}\Z")
FIELD = re.compile(r":(\w+)")


def places_of(row: dict, text: Text, index: Index) -> Iterator[str]:
    """Paths: pages are at the top, posts where a setting of Ghost before 2.0 says."""
    pattern = index.settings.get("permalinks", DEFAULT) if text.kind == "post" else DEFAULT
    values = {"slug": text.slug, "id": text.key, "author": author_of(text, index)}
    values["primary_author"] = values["author"]
    values["primary_tag"] = text.groups[0].slug if text.groups else "all"
    if text.published_at:
        values |= {
            "year": f"{text.published_at:%Y}",
            "month": f"{text.published_at:%m}",
            "day": f"{text.published_at:%d}",
        }
    path = FIELD.sub(lambda found: values.get(found[1], ""), pattern)
    if text.slug and path.startswith("/") and "//" not in path:
        yield path
    canonical = line_of(row.get("canonical_url"))
    if canonical.startswith(OWN_ADDRESS):
        yield relative(canonical)


def author_of(text: Text, index: Index) -> str:
    return line_of(index.first("users", text.authors[0]).get("slug")) if text.authors else ""


def home_of(row: dict) -> str:
    """The address of another site that is the text's home; "" where it is at home."""
    canonical = line_of(row.get("canonical_url"))
    return canonical if canonical.startswith(("http://", "https://")) else ""


def guid_of(row: dict) -> str:
    """As its feed had it: since Ghost 1.0 the id, before that, when ids were numbers, the uuid."""
    key = line_of(row.get("id"))
    return key if OBJECT_ID.match(key) else line_of(row.get("uuid"))
