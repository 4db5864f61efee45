"""What an archive of another system holds, in our words: what its reader yields, and importing takes.

A reader for a format knows nothing of our models, and what stores the records nothing of formats.
Keys are the archive's own, such as a number as text; they name the same thing at the next import.
Moments are aware, in UTC. All text is as the archive has it, decoded once and never trusted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, Protocol


class ArchiveRefusedError(Exception):
    """The whole file is none of its kind, or dangerous; one sentence that says what to do."""


class Markup(StrEnum):
    HTML = "html"
    WORDPRESS = "wordpress"  # HTML without its paragraphs, with shortcodes
    MARKDOWN = "markdown"
    PLAIN = "plain"  # paragraphs by empty lines, nothing else means anything


class Status(StrEnum):
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    DRAFT = "draft"
    PENDING = "pending"  # an author wants an editor to look at it
    PRIVATE = "private"  # read by some only: comes in as a draft
    PASSWORD = "password"  # noqa: S105 - read by whoever knows it: likewise
    TRASHED = "trashed"


class Decision(StrEnum):
    """What somebody decided about a comment."""

    APPROVED = "approved"
    PENDING = "pending"
    SPAM = "spam"
    REMOVED = "removed"


class Sort(StrEnum):
    """What kind of answer a comment is."""

    COMMENT = "comment"
    PINGBACK = "pingback"
    TRACKBACK = "trackback"


@dataclass
class Person:
    key: str
    name: str
    handle: str = ""
    email: str = ""
    bio: str = ""
    links: list[str] = field(default_factory=list)
    picture: str = ""  # an address


@dataclass
class Group:
    """A tag or category of the archive; both are tags here."""

    name: str
    slug: str = ""
    description: str = ""


@dataclass
class Remark:
    """A comment, or what another site sent in its place."""

    key: str
    body: str
    created_at: datetime
    markup: Markup = Markup.HTML
    decision: Decision = Decision.APPROVED
    sort: Sort = Sort.COMMENT
    parent: str = ""  # key of what it answers
    person: str = ""  # key of a Person who wrote it; else the name below
    name: str = ""
    email: str = ""
    site: str = ""
    edited_at: datetime | None = None


@dataclass
class Text:
    """A post or page. `kind` is "post" or "page"."""

    key: str
    kind: str
    title: str
    body: str
    markup: Markup
    status: Status
    published_at: datetime | None = None  # None where the archive gives no date
    updated_at: datetime | None = None
    created_at: datetime | None = None
    slug: str = ""
    summary: str = ""
    summary_markup: Markup = Markup.PLAIN
    authors: list[str] = field(default_factory=list)  # keys of Person, in their order
    groups: list[Group] = field(default_factory=list)
    series: str = ""
    series_part: int | None = None
    addresses: list[str] = field(default_factory=list)  # where it was, whole or as a path
    guid: str = ""
    canonical_url: str = ""  # its home, where that is another site than the archive's own
    language: str = ""
    cover: str = ""  # an address
    cover_alt: str = ""
    noindex: bool = False
    comments_open: bool = True
    remarks: list[Remark] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # sentences for the report


@dataclass
class Skipped:
    """Something in the archive that does not come in, such as an item of a menu."""

    key: str
    reason: str


class Archive(Protocol):
    """An archive as its reader opened it."""

    name: str  # which site it is; with a key of its own it makes `Post.source`
    address: str  # of the site there, such as "https://old.example.org"; "" where unknown
    language: str

    def people(self) -> Iterable[Person]:
        """Everybody whom texts or remarks may name; may read the archive once."""

    def texts(self) -> Iterator[Text | Skipped]:
        """One after another, in the archive's order, with no more than one at a time in memory."""

    def media(self, address: str) -> BinaryIO | None:
        """The file that an address in a text or cover means, where the archive holds it."""

    def redirects(self) -> Iterable[tuple[str, str]]:
        """Addresses and where they led there, beside those of the texts."""
