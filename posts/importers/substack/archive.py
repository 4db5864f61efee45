"""An export of Substack, opened. Its lists of subscribers are not looked at."""

import csv
import io
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from posts.importers.archives.packages import Package, open_package
from posts.importers.archives.records import (
    ArchiveRefusedError,
    Markup,
    Person,
    Skipped,
    Status,
    Text,
)
from posts.importers.archives.values import claim_of, line_of, moment_of, text_of

LIST = "posts.csv"
COLUMNS = {"post_id", "is_published", "title"}  # without which it is another list
MAX_BODY = 5_000_000  # bytes of one page
MAX_LINE = 200_000  # characters of the list; a row has some hundreds
EVERYBODY = "everyone"
KINDS = {"newsletter": "post", "podcast": "post", "thread": "post", "video": "post", "page": "page"}


def open_archive(path: Path) -> "Substack":
    """The export at `path`: the zip that Substack gives, or the folder unpacked from it."""
    return Substack(open_package(Path(path)))


class Substack:
    """Raises ArchiveRefusedError where the package is none."""

    name = "Substack"
    address = language = ""  # an export does not say

    def __init__(self, package: Package):
        self.package = package
        self.problems: list[str] = []  # about the whole archive
        found = package.ending(LIST)
        if not found:
            raise ArchiveRefusedError(_("There is no list of posts (posts.csv) in it."))
        self.list = found[0]
        self.folder = self.list.removesuffix(LIST)
        self.pages = set(package.names)
        next(self.rows(), None)

    def rows(self) -> Iterator[dict]:
        with self.package.open(self.list) as file:
            lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
            reader = csv.DictReader(bounded(lines), restkey="")
            try:
                if not COLUMNS.issubset(reader.fieldnames or ()):
                    raise damaged()
                yield from reader
            except csv.Error as error:
                raise damaged() from error

    def people(self) -> list[Person]:
        """Nobody: an export does not name who wrote what."""
        return []

    def texts(self) -> Iterator[Text | Skipped]:
        seen = set()
        for row in self.rows():
            key, _dot, slug = line_of(row["post_id"]).partition(".")
            if not key:
                yield Skipped("", _("It has no number or name by which to know it again."))
            elif key in seen:
                yield Skipped(key, _("Another text of the archive has the same number."))
            else:
                seen.add(key)
                yield self.text(row, key, slug)

    def text(self, row: dict, key: str, slug: str) -> Text | Skipped:
        name = f"{self.folder}posts/{line_of(row['post_id'])}.html"
        podcast = line_of(row.get("podcast_url"))
        if name not in self.pages and not podcast:
            return Skipped(key, _("Its text is not in the archive."))
        if name in self.pages and self.package.size(name) > MAX_BODY:
            return Skipped(key, _("Its text is too large to read."))
        page = self.package.read(name, MAX_BODY) if name in self.pages else b""
        problems: list[str] = []
        date = moment_of(line_of(row.get("post_date")))
        return Text(
            key=key,
            kind=KINDS.get(line_of(row.get("type")).lower(), "post"),
            title=line_of(unescape(text_of(row.get("title")))),
            body=player(podcast) + text_of(page.decode(errors="replace")),
            markup=Markup.HTML,
            status=status_of(row, problems),
            published_at=date,
            slug=slug,
            summary=line_of(unescape(text_of(row.get("subtitle")))),
            addresses=[f"/p/{slug}"] if slug else [],
            problems=problems,
        )

    def media(self, address: str) -> BinaryIO | None:
        return None

    def redirects(self) -> list[tuple[str, str]]:
        return []


def bounded(lines: io.TextIOWrapper) -> Iterator[str]:
    """Lines, none of which can be a gigabyte."""
    while line := lines.readline(MAX_LINE):
        if len(line) >= MAX_LINE:
            raise damaged()
        yield line


def player(podcast: str) -> str:
    """The sound that a post is about, which its page only has as an address in the list."""
    is_address = podcast.startswith(("http://", "https://"))
    return (
        f'<figure><audio controls src="{escape(podcast)}"></audio></figure>' if is_address else ""
    )


def status_of(row: dict, problems: list[str]) -> Status:
    """What only those who pay or subscribe could read stays unread."""
    if not claim_of(line_of(row.get("is_published")).lower()):
        return Status.DRAFT
    audience = line_of(row.get("audience")).lower()
    kind = line_of(row.get("type")).lower()
    if audience not in ("", EVERYBODY):
        problems.append(_("Only subscribers could read it; it is a draft here."))
        return Status.PRIVATE
    if kind and kind not in KINDS:
        problems.append(
            _("It is of a kind, “%s”, that is not known here; it is a draft.") % kind[:60]
        )
        return Status.PRIVATE
    return Status.PUBLISHED


def damaged() -> ArchiveRefusedError:
    return ArchiveRefusedError(_("The list of posts (posts.csv) is damaged or of another system."))
