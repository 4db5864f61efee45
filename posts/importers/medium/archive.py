"""An export of Medium, opened."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from posts.importers.archives.packages import Package, open_package
from posts.importers.archives.records import (
    ArchiveRefusedError,
    Group,
    Markup,
    Person,
    Skipped,
    Status,
    Text,
)
from posts.importers.archives.values import moment_of
from posts.importers.medium.page import Page, UnreadablePageError, host_of

FOLDER = re.compile(r"(?:^|/)posts/[^/]+\.html?$", re.IGNORECASE)
PROFILE = "profile/profile.html"
MAX_PAGE = 5_000_000  # bytes
MARK = b"h-entry"  # in each page, near its start
START = 100_000  # bytes
LOOKED_AT = 20  # pages, until one is Medium's
IDENTITY = re.compile(r"[-_]([0-9a-f]{8,16})$")
HOME = "medium.com"


def open_archive(path: Path) -> "Medium":
    """The export at `path`: the zip that Medium gives, or the folder unpacked from it."""
    return Medium(open_package(Path(path)))


class Medium:
    """Raises ArchiveRefusedError where the package is none."""

    language = ""  # an export does not say

    def __init__(self, package: Package):
        self.package = package
        self.problems: list[str] = []  # about the whole archive
        self.files = sorted(name for name in package.names if FOLDER.search(name))
        if not any(map(self.is_of_medium, self.files[:LOOKED_AT])):
            raise ArchiveRefusedError(
                _("This is no export of Medium: ask for one under Settings, Security and apps.")
            )

    def is_of_medium(self, name: str) -> bool:
        with self.package.open(name) as file:
            return MARK in file.read(START)

    @property
    def name(self) -> str:
        return self.profile.words("p-name") if self.profile else "Medium"

    @property
    def address(self) -> str:
        return self.profile.address("u-url") if self.profile else ""

    @cached_property
    def profile(self) -> Page | None:
        for name in self.package.ending(PROFILE):
            return self.page(name)
        return None

    def page(self, name: str) -> Page | None:
        """None where there is no page in the file, or far too much."""
        if self.package.size(name) > MAX_PAGE:
            return None
        try:
            return Page(self.package.read(name, MAX_PAGE))
        except UnreadablePageError:
            return None

    @cached_property
    def authors(self) -> dict[str, Person]:
        """Whoever the posts name: mostly one."""
        found = {}
        for name in self.files:
            page = self.page(name)
            if page and page.is_post and not page.is_response and author_of(page):
                person = person_of(page)
                found.setdefault(person.key, person)
        return found

    def people(self) -> Iterator[Person]:
        yield from self.authors.values()

    def texts(self) -> Iterator[Text | Skipped]:
        """Claps, bookmarks and lists of other people lie in folders of their own, and stay there."""
        seen = set()
        for name in self.files:
            key = key_of(name)
            page = self.page(name)
            if page is None or not page.is_post:
                yield Skipped(key, _("It cannot be read as a page of Medium."))
            elif page.is_response:
                yield Skipped(key, _("It is a response to the post of somebody else."))
            elif key in seen:
                yield Skipped(key, _("Another text of the archive has the same number."))
            else:
                seen.add(key)
                yield text_of_page(page, key, is_draft=Path(name).name.lower().startswith("draft"))

    def media(self, address: str) -> BinaryIO | None:
        return None

    def redirects(self) -> list[tuple[str, str]]:
        return []


def author_of(page: Page) -> str:
    return page.address("p-author") or page.words("p-author")


def person_of(page: Page) -> Person:
    address = page.address("p-author")
    handle = urlsplit(address).path.strip("/") if host_of(address).endswith(HOME) else ""
    return Person(
        key=author_of(page),
        name=page.words("p-author"),
        handle=handle.removeprefix("@"),
        links=[address] if address else [],
    )


def key_of(name: str) -> str:
    """The id at the end of the file's name, which stays when a post is named anew; or the name."""
    found = IDENTITY.search(Path(name).stem)
    return found[1] if found else Path(name).stem


def text_of_page(page: Page, key: str, is_draft: bool) -> Text:
    problems: list[str] = []
    published_at = moment_of(page.date)
    canonical = page.address("p-canonical")
    is_home = host_of(canonical) == HOME or host_of(canonical).endswith(f".{HOME}")
    places = [canonical if is_home else "", page.short_address]
    return Text(
        key=key,
        kind="post",
        title=page.words("p-name"),
        summary=page.words("p-summary"),
        status=status_of(is_draft, page, problems),
        published_at=published_at,
        slug=slug_of(canonical),
        authors=[author_of(page)] if author_of(page) else [],
        groups=[Group(name) for name in page.tags],
        addresses=[place for place in places if host_of(place)],
        canonical_url="" if is_home or not host_of(canonical) else canonical,
        body=page.body,
        markup=Markup.HTML,
        problems=problems,
    )


def status_of(is_draft: bool, page: Page, problems: list[str]) -> Status:
    """What has no date was never shown, whatever its file is called."""
    if is_draft:
        return Status.DRAFT
    if not moment_of(page.date):
        problems.append(_("It has no date; it is a draft here."))
        return Status.DRAFT
    return Status.PUBLISHED


def slug_of(canonical: str) -> str:
    """The last part of its address, without the id that Medium puts at the end."""
    if not host_of(canonical):
        return ""
    last = unquote(urlsplit(canonical).path.rstrip("/").rpartition("/")[2])
    slug = IDENTITY.sub("", last)
    return "" if re.fullmatch(r"[0-9a-f]{8,}", slug) else slug
