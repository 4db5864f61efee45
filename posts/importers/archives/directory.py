"""The first reading of an archive: who gets which slug, and which old address led where."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.urls import reverse

from blogsite.numbering import first_free
from posts.importers.addresses import clean
from posts.importers.archives.records import Archive, Skipped, Text
from posts.importers.kinds import MODELS
from posts.importers.slugs import make_slug
from posts.models.page import is_taken

MAX_SOURCE = 500  # characters of Post.source
# WordPress's short addresses, which are paths of the root for anybody else.
SHORT = re.compile(r"(?:p|page_id|post)=\d{1,12}")


class Entry(NamedTuple):
    """Where one text of the archive is going to be."""

    kind: str
    slug: str
    addresses: tuple[str, ...]  # paths

    @property
    def new_path(self) -> str:
        return reverse(f"posts:{'detail' if self.kind == 'post' else 'page'}", args=[self.slug])


class Directory:
    """Knows all texts of an archive by key and by their old addresses, and none of their words."""

    def __init__(self, archive: Archive, prefix: str):
        """`prefix` is how the sources of this archive begin, such as `wordpress:example.org:`."""
        self.prefix = prefix
        self.host = host_of(archive.address)
        self.entries: dict[str, Entry] = {}
        self.new_paths: dict[str, str] = {}  # by old address, see `old_address`
        self.taken = {kind: set() for kind in MODELS}
        self.known = {
            kind: dict(
                model.everything.filter(source__startswith=prefix).values_list("source", "slug")
            )
            for kind, model in MODELS.items()
        }

    def read(self, records) -> "Directory":
        for record in records:
            if not isinstance(record, Skipped):
                self.add(record)
        return self

    def add(self, text: Text) -> None:
        paths = (clean(self.local(address)) for address in text.addresses)
        entry = Entry(
            text.kind, self.choose_slug(text), tuple(dict.fromkeys(path for path in paths if path))
        )
        self.entries[text.key] = entry
        for address in text.addresses:
            if old := self.old_address(address):
                self.new_paths.setdefault(old, entry.new_path)

    def source_of(self, key: str) -> str:
        return f"{self.prefix}{key}"[:MAX_SOURCE]

    def choose_slug(self, text: Text) -> str:
        """The slug it has here already, the wanted one, or the first free one like it."""
        model, taken = MODELS[text.kind], self.taken[text.kind]
        source = self.source_of(text.key)
        wanted = make_slug(text.slug) or make_slug(text.title.lower()) or text.kind
        known = self.known[text.kind].get(source, "")
        if known and known.removeprefix(wanted).strip("-0123456789") == "":
            taken.add(known)
            return known

        def is_free(slug: str) -> bool:
            if slug in taken or (text.kind == "page" and is_taken(slug)):
                return False
            return not model.everything.exclude(source=source).filter(slug=slug).exists()

        slug = first_free(wanted, is_free)
        taken.add(slug)
        return slug

    def find(self, address: str) -> str:
        """The new path for an address in a text, its place within the page kept; "" for others."""
        found = self.new_paths.get(self.old_address(address))
        place = address.partition("#")[2]
        return found + (f"#{place}" if place else "") if found else ""

    def old_address(self, address: str) -> str:
        """What different ways to write an address of the old site have in common; "" for others."""
        local = self.local(address)
        if not local.startswith("/"):
            return ""
        parts = split(local)
        path = re.sub(r"/{2,}", "/", unquote(parts.path)).removesuffix("/index.html").rstrip("/")
        short = SHORT.match(parts.query) if path in {"", "/index.php"} else None
        return f"?{short[0]}" if short else path

    def local(self, address: str) -> str:
        """The path and what follows it, for an address of the old site; others as they are."""
        parts = split(address.strip())
        if not parts.netloc:
            return address.strip()
        if not self.host or host_of(address) != self.host:
            return address
        return parts._replace(scheme="", netloc="").geturl() or "/"


def split(address: str):
    try:
        return urlsplit(address)
    except ValueError:  # such as a broken IPv6 host
        return urlsplit("")


def host_of(address: str) -> str:
    """The host with its port, without the `www.` that many have both with and without."""
    return split(address).netloc.lower().removeprefix("www.")
