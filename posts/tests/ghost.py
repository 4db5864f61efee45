"""Exports of Ghost as tests make them."""

import json
from pathlib import Path

from posts.importers.archives.records import Text
from posts.importers.ghost.archive import Ghost, open_archive


def write_export(path: Path, **tables) -> Path:
    """An export with these tables at `path`, of a version that wraps them."""
    export = {"db": [{"meta": {"version": "5.0.0"}, "data": tables}]}
    path.write_text(json.dumps(export))
    return path


def post(**fields) -> dict:
    """A row of the table of posts: public and published unless said otherwise."""
    row = {
        "id": "1", "title": "Tea", "slug": "tea", "type": "post", "status": "published",
        "visibility": "public", "html": "<p>Water first.</p>",
        "published_at": "2024-01-02T03:04:05.000Z",
    }  # fmt: skip
    return row | fields


def only_text(path: Path) -> Text:
    (text,) = open_archive(path).texts()
    return text


def read_text(tmp_path: Path, row: dict, **tables) -> Text:
    """The text that an export with this row holds."""
    return only_text(write_export(tmp_path / "ghost.json", posts=[row], **tables))


def read_all(archive: Ghost) -> list:
    """Everything that an archive yields."""
    return [
        *archive.people(),
        *archive.texts(),
        *archive.redirects(),
        archive.name,
        archive.language,
    ]
