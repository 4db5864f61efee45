"""An entry and a feed, whatever format they came in."""

from dataclasses import dataclass, field
from datetime import datetime

from posts.importers.archives.records import Markup


@dataclass
class Enclosure:
    """A file that belongs to an entry, such as the sound of a podcast."""

    address: str
    kind: str  # a media type, or ""


@dataclass
class Entry:
    key: str = ""
    title: str = ""
    address: str = ""
    guid: str = ""
    full: str = ""
    markup: Markup = Markup.HTML  # of `full`
    summary: str = ""
    summary_markup: Markup = Markup.HTML
    published_at: datetime | None = None
    updated_at: datetime | None = None
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    language: str = ""
    cover: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)


@dataclass
class Facts:
    """About the whole feed."""

    title: str = ""
    address: str = ""
    language: str = ""
    authors: list[str] = field(default_factory=list)  # of entries that name none
