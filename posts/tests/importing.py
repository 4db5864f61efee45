"""Folders to import, and what an import of them says."""

import io

from PIL import Image as Pillow

from posts.importers.markdown import import_folder
from posts.models import Post

POST = "---\ntitle: First\ndate: 2020-01-02\ntags: [Web]\n---\nText.\n"


def picture(colour="red") -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def fill(folder, files: dict):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(report) -> list[str]:
    return [problem["reason"] for problem in report.problems]


def counts(report) -> tuple[int, int, int, int]:
    posts = report.posts
    return posts.created, posts.updated, posts.unchanged, posts.skipped


def import_text(folder, text: str | bytes, name: str = "note.md"):
    """The report on importing a folder with this one file in it."""
    return import_folder(fill(folder, {name: text}))


def only_post() -> Post:
    return Post.everything.get()
