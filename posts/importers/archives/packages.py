"""A folder or zip of an export, whose names and sizes are checked before anything of it is read.

Nothing is ever unpacked: what a reader wants, it reads as a stream. Names are those of the zip with
"/" between parts, relative to its top; one that leads elsewhere has the whole package refused.
"""

import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from django.utils.translation import gettext as _

from posts.importers.archives.records import ArchiveRefusedError

MAX_FILES = 200_000  # ten times the pictures of a large site
MAX_DIRECTORY = 30_000_000  # bytes of a zip's table of contents, for so many files with long names
MAX_RATIO = 200  # text shrinks to a twentieth at best; a bomb, to a thousandth
SMALL = 10_000_000  # bytes; what unpacks to less is no bomb, whatever its ratio
MAX_TOTAL = 100_000_000_000  # bytes
SIGNATURE = b"PK"  # of a zip
ENCRYPTED = 0x1  # of a zip entry's flags
DRIVE = re.compile(r"[A-Za-z]:")
RUBBISH = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)")


class Package:
    """Files by name. Where a method takes a name, it is one of `names`."""

    names: list[str]

    def size(self, name: str) -> int:
        """Bytes of the file, unpacked."""
        raise NotImplementedError

    def open(self, name: str) -> BinaryIO:
        """The file as a stream, which raises ArchiveRefusedError where it is damaged."""
        raise NotImplementedError

    def read(self, name: str, limit: int) -> bytes:
        """The whole file; raises ArchiveRefusedError where it has more than `limit` bytes."""
        if self.size(name) > limit:
            raise ArchiveRefusedError(_("“%s” in the archive is too large to read.") % name)
        with self.open(name) as file:
            return file.read(limit)

    def ending(self, end: str) -> list[str]:
        """Names that are `end`, or have it below some folder, those nearest the top first."""
        found = [name for name in self.names if name == end or name.endswith("/" + end)]
        return sorted(found, key=lambda name: (name.count("/"), name))

    def close(self) -> None:
        """Nothing can be read afterwards."""


def open_package(path: Path) -> Package:
    """The folder or zip at `path`; raises ArchiveRefusedError for anything else."""
    if path.is_dir():
        return Folder(path)
    if path.is_file() and is_zipfile(path):
        return Zip(path)
    raise ArchiveRefusedError(_("“%s” is neither a folder nor a zip file.") % path.name)


def is_package(path: Path) -> bool:
    """Whether it is a folder, or begins as a zip does, and not a file to be read itself."""
    if not path.is_file():
        return path.is_dir()
    with path.open("rb") as file:
        return file.read(len(SIGNATURE)) == SIGNATURE


class Folder(Package):
    """Regular files below a folder. Links are passed over: they may lead out of it."""

    def __init__(self, path: Path):
        self.path = path
        self.names = []
        for name in files_below(path):
            if len(self.names) >= MAX_FILES:
                raise too_many_files()
            self.names.append(name)
        self.names.sort()

    def size(self, name: str) -> int:
        return (self.path / name).stat(follow_symlinks=False).st_size

    def open(self, name: str) -> BinaryIO:
        try:
            # Somebody may have put a link or a pipe in its place since it was looked at.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            return os.fdopen(os.open(self.path / name, flags), "rb")
        except OSError as error:
            raise ArchiveRefusedError(_("“%s” cannot be read.") % name) from error


def files_below(path: Path) -> Iterator[str]:
    for folder, _folders, files in os.walk(path, followlinks=False):
        for file in files:
            whole = Path(folder, file)
            name = whole.relative_to(path).as_posix()
            if stat.S_ISREG(whole.lstat().st_mode) and not RUBBISH.search(name):
                yield name


class Zip(Package):
    def __init__(self, path: Path):
        self.file = Cautious(io.FileIO(path))
        try:
            with refusing_damage(path.name):
                self.zip = ZipFile(self.file)
            self.entries = checked(self.zip.infolist(), path.stat().st_size)
        except ArchiveRefusedError:
            self.file.close()
            raise
        self.names = list(self.entries)

    def size(self, name: str) -> int:
        return self.entries[name].file_size

    def open(self, name: str) -> BinaryIO:
        with refusing_damage(name):
            return io.BufferedReader(Member(self.zip.open(self.entries[name]), name))

    def close(self) -> None:
        self.zip.close()
        self.file.close()


class Cautious(io.BufferedReader):
    """A file that refuses to read much at once: `ZipFile` takes a whole table of contents so."""

    def read(self, size: int | None = -1) -> bytes:
        if size and size > MAX_DIRECTORY:
            raise too_many_files()
        return super().read(size)


class Member(io.RawIOBase):
    """A file in a zip, whose damage is told in a sentence of ours."""

    def __init__(self, inner: BinaryIO, name: str):
        self.inner = inner
        self.name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        with refusing_damage(self.name):
            data = self.inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.inner.close()
        super().close()


@contextmanager
def refusing_damage(name: str) -> Iterator[None]:
    """Whatever unpacking raises, as one error: a damaged zip has many ways to fail."""
    try:
        yield
    except (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError) as error:
        raise ArchiveRefusedError(_("“%s” is damaged; make the archive again.") % name) from error
    except (NotImplementedError, RuntimeError) as error:
        raise ArchiveRefusedError(
            _("“%s” is packed in a way that cannot be read here; unpack it and give the folder.")
            % name
        ) from error


def checked(entries: list[ZipInfo], packed: int) -> dict[str, ZipInfo]:
    """Files by their names; raises ArchiveRefusedError for what is dangerous."""
    if len(entries) > MAX_FILES:
        raise too_many_files()
    check_sizes(entries, packed)
    files = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        check_name(name, entry)
        if not name.endswith("/") and not RUBBISH.search(name):
            files[name] = entry
    return files


def check_sizes(entries: list[ZipInfo], packed: int) -> None:
    """The sum is held against the file: entries that overlap would each look innocent."""
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL or total > SMALL + MAX_RATIO * packed:
        raise ArchiveRefusedError(
            _("This zip would unpack to far more than an export holds; nothing of it was read.")
        )


def check_name(name: str, entry: ZipInfo) -> None:
    if name.startswith("/") or DRIVE.match(name) or ".." in name.split("/"):
        raise ArchiveRefusedError(
            _("This zip holds a file that leads out of it (“%s”); nothing of it was read.") % name
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveRefusedError(
            _("This zip holds a link in place of a file (“%s”); nothing of it was read.") % name
        )
    if entry.flag_bits & ENCRYPTED:
        raise ArchiveRefusedError(
            _("This zip is locked with a password; unpack it and give the folder.")
        )


def too_many_files() -> ArchiveRefusedError:
    return ArchiveRefusedError(_("There are too many files in it (%d at most).") % MAX_FILES)
