"""Comments of Isso, opened from whichever of the two kinds of file it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from comments.importers.isso.database import Database
from comments.importers.isso.generic import Generic
from posts.importers.archives.records import ArchiveRefusedError, Remark, Skipped

SIGNATURE = b"SQLite format 3\0"


class Remarks(Protocol):
    problems: list[str]  # about the whole archive

    def remarks(self) -> Iterator[tuple[str, Remark] | Skipped]:
        """Each comment with the address of its page, which is mostly a path."""


def open_archive(path: Path) -> Remarks:
    path = Path(path)
    if not path.is_file():
        raise ArchiveRefusedError(_("There is no file “%s”.") % path.name)
    with path.open("rb") as file:
        start = file.read(len(SIGNATURE))
    return Database(path) if start == SIGNATURE else Generic(path)
