"""A feed in a file, opened. It holds what was public, and often only the newest of that."""

import re
from collections.abc import Iterator
from functools import cached_property
from html import escape
from pathlib import Path
from types import ModuleType
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from posts.importers.archives.records import (
    ArchiveRefusedError,
    Group,
    Markup,
    Person,
    Skipped,
    Status,
    Text,
)
from posts.importers.feeds import json, xml
from posts.importers.feeds.entries import Enclosure, Entry, Facts

BEFORE = b"\xef\xbb\xbf \t\r\n"
START = 4096  # bytes
SHORT = 300  # characters; a text without any markup below that is a teaser
TEASER_END = re.compile(
    r"(?:…|\.\.\.|&hellip;|&#8230;|\[…\]|\[\.\.\.\]|read more|continue reading)\W*(?:</\w+>\s*)*\Z",
    re.I,
)

FILE_END = re.compile(r"\.(?:html?|php|aspx?|mp3|m4a|mp4)\Z", re.I)


def open_archive(path: Path) -> "Feed":
    path = Path(path)
    if not path.is_file():
        raise ArchiveRefusedError(_("There is no file “%s”.") % path.name)
    with path.open("rb") as file:
        form = json if file.read(START).lstrip(BEFORE).startswith(b"{") else xml
        file.seek(0)
        if not form.is_feed(file):
            raise ArchiveRefusedError(_("This is no feed: neither RSS nor Atom nor JSON Feed."))
    return Feed(path, form)


class Feed:
    def __init__(self, path: Path, form: ModuleType):
        self.path = path
        self.form = form
        self.problems: list[str] = []  # about the whole archive

    @cached_property
    def facts(self) -> Facts:
        """About the whole feed, for which all of it is read."""
        facts = Facts()
        self.names: dict[str, None] = {}
        with self.path.open("rb") as file:
            entries = self.form.read(file, facts)
            while True:
                try:
                    entry = next(entries)
                except StopIteration as end:
                    if end.value:
                        self.problems.append(
                            _("The file stops in the middle; what came before was read.")
                        )
                    break
                self.names |= dict.fromkeys(entry.authors)
        self.names |= dict.fromkeys(facts.authors)
        return facts

    @property
    def name(self) -> str:
        return self.facts.title or host_of(self.address) or "feed"

    @property
    def address(self) -> str:
        return self.facts.address

    @property
    def language(self) -> str:
        return self.facts.language

    def people(self) -> Iterator[Person]:
        """A feed gives no more than names."""
        return (Person(key=name, name=name) for name in self.names) if self.facts else iter(())

    def texts(self) -> Iterator[Text | Skipped]:
        facts, seen = self.facts, set()
        with self.path.open("rb") as file:
            for entry in self.form.read(file, Facts()):
                if not entry.key:
                    yield Skipped("", _("It has no number or name by which to know it again."))
                elif entry.key in seen:
                    yield Skipped(entry.key, _("Another text of the archive has the same number."))
                else:
                    seen.add(entry.key)
                    yield text_of_entry(entry, facts)

    def media(self, address: str) -> BinaryIO | None:
        return None

    def redirects(self) -> list[tuple[str, str]]:
        return []


def text_of_entry(entry: Entry, facts: Facts) -> Text:
    problems: list[str] = []
    body, markup = entry.full, entry.markup
    if not body:
        body, markup = entry.summary, entry.summary_markup
        if not body.strip():
            problems.append(_("The feed has no text of it."))
        elif is_teaser(body):
            problems.append(_("The feed has only the beginning of its text."))
    files = "".join(map(player, entry.enclosures))
    if files and markup == Markup.PLAIN:
        body, markup = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n")), Markup.HTML
    return Text(
        key=entry.key,
        kind="post",
        title=entry.title,
        body=files + body,
        markup=markup,
        status=Status.PUBLISHED,
        published_at=entry.published_at,
        updated_at=entry.updated_at,
        slug=slug_of(entry.address),
        summary=entry.summary if entry.full else "",
        summary_markup=entry.summary_markup,
        authors=entry.authors or facts.authors,
        groups=[Group(tag) for tag in entry.tags],
        addresses=[entry.address] if entry.address else [],
        guid=entry.guid,
        language=entry.language,
        cover=entry.cover or picture_among(entry.enclosures),
        problems=problems,
    )


def is_teaser(text: str) -> bool:
    """Whether it looks like the beginning of a longer text; a feed does not say."""
    end = text.rstrip()[-SHORT:]
    return bool(TEASER_END.search(end)) or ("<" not in text and len(text) < SHORT)


def player(file: Enclosure) -> str:
    """HTML that plays or names the file; pictures become the cover."""
    if not file.address.startswith(("http://", "https://", "/")) or file.kind.startswith("image/"):
        return ""
    address = escape(file.address)
    for kind in ("audio", "video"):
        if file.kind.startswith(f"{kind}/"):
            return f'<figure><{kind} controls src="{address}"></{kind}></figure>'
    return f'<p><a href="{address}">{address}</a></p>'


def picture_among(files: list[Enclosure]) -> str:
    return next((file.address for file in files if file.kind.startswith("image/")), "")


def slug_of(address: str) -> str:
    """The last part of its address that is a name."""
    last = unquote(path_of(address)).rstrip("/").rpartition("/")[2]
    return FILE_END.sub("", last)


def path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
