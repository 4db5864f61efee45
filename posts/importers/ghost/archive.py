"""An export of Ghost, opened."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from posts.importers.archives.packages import Package, is_package, open_package
from posts.importers.archives.records import ArchiveRefusedError, Person, Skipped, Text
from posts.importers.archives.values import text_of
from posts.importers.ghost import people, redirects, tables, texts
from posts.importers.ghost.conversion import OWN_ADDRESS
from posts.importers.ghost.index import Index

MAX_REDIRECTS = 2_000_000  # bytes
MAX_CANDIDATES = 20  # files that may be the export
HELD = re.compile(r"(?:^|/)content/(?:images|media|files)/.*", re.DOTALL)
SMALLER_COPY = re.compile(r"/size/w\d+(?:h\d+)?/(?:format/\w+/)?")


def open_archive(path: Path) -> "Ghost":
    """The export at `path`: a JSON file, or a zip or folder that holds one beside its pictures."""
    path = Path(path)
    if is_package(path):
        package = open_package(path)
        return Ghost(Packed(package, export_in(package)))
    if not path.is_file():
        raise ArchiveRefusedError(_("There is no file “%s”.") % path.name)
    with path.open("rb") as file:
        tables.check(file)
    return Ghost(Bare(path))


def export_in(package: Package) -> str:
    """The name of the JSON that is the export; raises ArchiveRefusedError where there is none."""
    found = [name for name in package.names if name.lower().endswith(".json")]
    found.sort(key=lambda name: (name.count("/"), -package.size(name)))
    for name in found[:MAX_CANDIDATES]:
        try:
            with package.open(name) as file:
                tables.check(file)
        except ArchiveRefusedError:
            continue
        return name
    raise ArchiveRefusedError(_("There is no export of Ghost (a JSON file) in it."))


class Bare:
    """An export that is one file; its redirects may lie beside it."""

    def __init__(self, path: Path):
        self.path = path

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    def held(self, path: str) -> BinaryIO | None:
        return None

    def redirects(self) -> Iterator[tuple[str, bytes]]:
        for name in ("redirects.json", "redirects.yaml"):
            beside = self.path.with_name(name)
            if beside.is_file() and beside.stat().st_size <= MAX_REDIRECTS:
                yield name, beside.read_bytes()


class Packed:
    """An export in a zip or folder, with the files that its texts name."""

    def __init__(self, package: Package, export: str):
        self.package = package
        self.export = export

    def open(self) -> BinaryIO:
        return self.package.open(self.export)

    @cached_property
    def files(self) -> dict[str, str]:
        """Names by the path they had on the site, without the "/" before it."""
        found = ((HELD.search(name), name) for name in self.package.names)
        return {held[0].lstrip("/"): name for held, name in found if held}

    def held(self, path: str) -> BinaryIO | None:
        name = self.files.get(path) or self.files.get(SMALLER_COPY.sub("/", path))
        return self.package.open(name) if name else None

    def redirects(self) -> Iterator[tuple[str, bytes]]:
        for end in ("redirects.json", "redirects.yaml"):
            for name in self.package.ending(end)[:1]:
                yield name, self.package.read(name, MAX_REDIRECTS)


class Ghost:
    address = ""  # an export does not say where the site was

    def __init__(self, source: Bare | Packed):
        self.source = source
        self.problems: list[str] = []  # of the whole archive, as far as it has been read

    @cached_property
    def index(self) -> Index:
        with self.source.open() as file:
            return Index(file)

    @property
    def name(self) -> str:
        return self.index.settings.get("title") or "Ghost"

    @property
    def language(self) -> str:
        """As its setting says, which has had three names."""
        settings = self.index.settings
        return next(filter(None, map(settings.get, ("locale", "lang", "default_locale"))), "")

    def people(self) -> Iterator[Person]:
        return people.people(self.index)

    def texts(self) -> Iterator[Text | Skipped]:
        index, seen = self.index, set()
        with self.source.open() as file:
            for _table, row in tables.rows(file, frozenset({"posts"})):
                key = text_of(row.get("id"))
                if key and key in seen:
                    yield Skipped(key, _("Another text of the archive has the same number."))
                else:
                    seen.add(key)
                    yield texts.text(row, index)

    def media(self, address: str) -> BinaryIO | None:
        try:
            path = unquote(urlsplit(address.removeprefix(OWN_ADDRESS)).path)
        except ValueError:
            return None
        held = HELD.search(path)
        return self.source.held(held[0].lstrip("/")) if held else None

    def redirects(self) -> Iterator[tuple[str, str]]:
        for name, content in self.source.redirects():
            try:
                rules = list(redirects.read(content.decode(), name.endswith(".yaml")))
            except ValueError:
                self.problems.append(_("The redirects in “%s” cannot be read.") % name)
                continue
            yield from self.plain_of(rules)

    def plain_of(self, rules: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for source, target in rules:
            found = redirects.plain(source, target)
            if found:
                yield found
            else:
                self.problems.append(
                    _("The redirect from “%s” is a pattern; make it by hand.") % source[:200]
                )
