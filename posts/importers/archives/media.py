"""The pictures of an archive: found in it, and stored once."""

import re
import tempfile
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from urllib.parse import unquote, urlsplit

from posts import pictures
from posts.importers.archives.records import Archive
from posts.importers.checking import check_picture
from posts.importers.digests import picture_digest
from posts.models import Image

LONGEST_NAME = 100
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|bmp|tiff?)(?:[?#]|\Z)", re.IGNORECASE)


class Media:
    """The pictures of one text. Files that it makes go at the end of the block it is used in.

    With `dry_run` pictures are tried and not stored. `new` are those that were not here before.
    """

    def __init__(self, archive: Archive, *, dry_run: bool):
        self.archive = archive
        self.dry_run = dry_run
        self.stored: dict[str, Image | None] = {}  # by address
        self.counts = {"imported": 0, "missing": 0, "remote": 0}
        self.new: list[Image] = []
        self.problems: list[str] = []
        self.files = ExitStack()

    def __enter__(self) -> "Media":
        return self

    def __exit__(self, *error) -> None:
        self.files.close()

    def file(self, address: str) -> Path | None:
        """The file that the archive has for `address`, as one of ours."""
        found = self.archive.media(address)
        if found is None:
            return None
        folder = self.files.enter_context(tempfile.TemporaryDirectory(prefix="import-"))
        path = Path(folder, name_of(address))
        with found, path.open("wb") as copy:
            copyfileobj(found, copy)
        return path

    def take(self, address: str, alt: str = "") -> Image | None:
        """The stored picture for `address`; None where there is none, or it was refused."""
        if address not in self.stored:
            file = self.file(address)
            self.stored[address] = self.store(file, alt) if file else None
            if file is None:
                is_remote = urlsplit(address).netloc != ""
                self.counts["remote" if is_remote else "missing"] += 1
        return self.stored[address]

    def address(self, address: str) -> str:
        """Where a picture that a link leads to is now; "" for what is none, or not here."""
        if not PICTURE.search(address):
            return ""
        image = self.take(address)
        return image.url if image else ""

    def store(self, file: Path, alt: str) -> Image | None:
        try:
            if self.dry_run:
                check_picture(file)
                self.counts["imported"] += 1
                return None
            is_new = not Image.everything.filter(digest=picture_digest(file)).exists()
            with file.open("rb") as data:
                image = pictures.store_image(data, name=file.name, alt=alt)
        except pictures.ImageRefused as refusal:
            self.problems.append(f"{file.name}: {' '.join(refusal.messages)}")
            self.counts["missing"] += 1
            return None
        self.counts["imported"] += 1
        if is_new:
            self.new.append(image)
        return image

    def forget(self) -> None:
        """Remove what was stored for a text that was not."""
        for image in self.new:
            pictures.remove_image(image)


def name_of(address: str) -> str:
    """A name for the file, of which nothing but the end is trusted."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = address
    name = "".join(sign for sign in PurePosixPath(path).name if sign.isalnum() or sign in "-_.")
    return name.lstrip(".")[-LONGEST_NAME:] or "picture"
