"""An export of Blogger, opened."""

import io
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from posts.importers.archives.packages import Package, is_package, open_package
from posts.importers.archives.records import (
    ArchiveRefusedError,
    Markup,
    Person,
    Skipped,
    Status,
    Text,
)
from posts.importers.archives.values import moment_of
from posts.importers.archives.xmlstream import XmlStream
from posts.importers.blogger.entries import Entry, entry_of
from posts.importers.blogger.index import TEXTS, Index

HEAD = 65_536  # bytes, in which a feed of Blogger names it many times
SILENT = {"settings", "template", "comment"}  # read with the index, or of no use elsewhere


def open_archive(path: Path) -> "Blogger":
    """The export at `path`: an Atom file, or a zip or folder of Takeout that holds one."""
    path = Path(path)
    if is_package(path):
        package = open_package(path)
        opener = partial(package.open, feed_in(package))
    elif path.is_file():
        opener = partial(path.open, "rb")
    else:
        raise ArchiveRefusedError(_("There is no file “%s”.") % path.name)
    with opener() as file:
        check(file.read(HEAD))
    return Blogger(opener)


def feed_in(package: Package) -> str:
    feeds = [name for name in package.ending("feed.atom") if "Blogger" in name or "/" not in name]
    feeds = feeds or package.ending("feed.atom")
    if len(feeds) > 1:
        raise ArchiveRefusedError(
            _("There is more than one blog in it; unpack it and give one of: %s") % ", ".join(feeds)
        )
    if not feeds:
        raise ArchiveRefusedError(_("There is no export of Blogger (feed.atom) in it."))
    return feeds[0]


def check(head: bytes) -> None:
    """Raise ArchiveRefusedError unless this is how an export begins."""
    next(XmlStream(io.BytesIO(head)).children(), None)
    if b"<feed" not in head or b"blogger" not in head.lower():
        raise ArchiveRefusedError(
            _("This is no export of Blogger: make one under Settings, Back up content.")
        )


class Blogger:
    def __init__(self, opener):
        self.opener = opener

    @cached_property
    def index(self) -> Index:
        with self.opener() as file:
            return Index(file)

    @property
    def problems(self) -> list[str]:
        """About the whole archive."""
        return [_("The file stops in the middle; what came before was read.")] * self.index.is_cut

    @property
    def name(self) -> str:
        return self.index.title or "Blogger"

    @property
    def address(self) -> str:
        return self.index.address

    @property
    def language(self) -> str:
        return self.index.language

    def people(self) -> Iterator[Person]:
        yield from self.index.people.values()

    def texts(self) -> Iterator[Text | Skipped]:
        index, seen = self.index, set()
        with self.opener() as file:
            for entry in filter(None, map(entry_of, XmlStream(file).children())):
                if entry.kind in SILENT:
                    continue
                if entry.key in seen:
                    yield Skipped(entry.key, _("Another text of the archive has the same number."))
                else:
                    seen.add(entry.key)
                    yield text_of_entry(entry, index)

    def media(self, address: str) -> BinaryIO | None:
        return None

    def redirects(self) -> list[tuple[str, str]]:
        return []


def text_of_entry(entry: Entry, index: Index) -> Text | Skipped:
    if entry.kind not in TEXTS:
        reason = _("It is neither a post nor a page, but “%s”.") % entry.kind[:60]
        return Skipped(entry.key, reason)
    if not entry.key:
        return Skipped("", _("It has no number or name by which to know it again."))
    problems: list[str] = []
    published_at = moment_of(entry.line("published"))
    return Text(
        key=entry.key,
        kind=entry.kind,
        title=entry.line("title"),
        body=entry.text("content"),
        markup=Markup.HTML,
        status=status_of(entry, index, problems),
        published_at=published_at,
        updated_at=moment_of(entry.line("updated")),
        created_at=moment_of(entry.line("created")),
        slug=entry.slug,
        summary=entry.line("metaDescription"),
        authors=[entry.person.key] if entry.person and entry.person.key else [],
        groups=entry.groups,
        addresses=[entry.address] if entry.address else [],
        guid=entry.key,
        remarks=index.remarks(entry.key, published_at),
        problems=problems,
    )


def status_of(entry: Entry, index: Index, problems: list[str]) -> Status:
    status = entry.status
    if status is None:
        problems.append(
            _("Its status, “%s”, is not known here; it is a draft.") % entry.line("status")[:60]
        )
        return Status.DRAFT
    if index.is_private and status in (Status.PUBLISHED, Status.SCHEDULED):
        problems.append(_("Only some could read this blog; it is a draft here."))
        return Status.PRIVATE
    return status
