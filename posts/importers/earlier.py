"""What came in under the folder's name before, and whether it was this blog."""

from datetime import datetime
from typing import NamedTuple

from posts.importers.document import Document
from posts.importers.folder import Folder
from posts.importers.kinds import MODELS


class OtherBlog(Exception):
    """The folder's name belongs to another blog; the message is that name."""


class Text(NamedTuple):
    """A post or page of an earlier import, as it is on the site now."""

    slug: str
    title: str
    published_at: datetime | None


class Earlier:
    """Knows the texts of earlier imports, and counts which of them this folder still has."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.texts: dict[tuple[str, str], Text] = {}  # by kind and source
        self.met_count = self.alike_count = 0
        for kind, model in MODELS.items():
            rows = model.everything.filter(source__startswith=folder.source_prefix)
            for source, *columns in rows.values_list("source", *Text._fields):
                self.texts[kind, source] = Text(*columns)

    def find(self, document: Document, kind: str) -> Text | None:
        return self.texts.get((kind, self.folder.source_of(document.path)))

    def meet(self, document: Document, kind: str) -> None:
        """Count a file of the folder, and whether a text from before looks like it."""
        text = self.find(document, kind)
        if text:
            same_title = text.title.casefold() == document.title.casefold()
            self.met_count += 1
            self.alike_count += same_title or text.published_at == document.published_at

    def check_same_blog(self, file_count: int) -> None:
        """Raise OtherBlog where files would overwrite texts that came from other files.

        Two blogs may share a name and some paths, such as about.md. So most texts have to be
        alike, counted on the smaller side: a folder grows, and a part of it may come alone.
        """
        if self.folder.is_named or not self.met_count:
            return
        if self.alike_count * 2 < min(len(self.texts), file_count):
            raise OtherBlog(self.folder.name)
