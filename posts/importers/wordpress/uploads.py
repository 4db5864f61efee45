"""Files of the media library, from a folder beside the export such as `wp-content/uploads`."""

import re
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

# Folders that stand before the file's own in an address, on most sites and on wordpress.com.
ABOVE = re.compile(r"/(?:wp-content/)?(?:uploads|files)/")
BY_MONTH = re.compile(r"/((?:19|20)\d\d/[01]\d/[^/]+)\Z")
SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.\w{1,5}\Z)")
PATH_LENGTH = 1000


class Uploads:
    def __init__(self, folder: Path):
        self.folder = folder.resolve()

    def open(self, address: str) -> BinaryIO | None:
        """The file that `address` means, or the one of which it is a smaller copy."""
        for candidate in candidates(address):
            if path := self.inside(candidate):
                return path.open("rb")
        return None

    def inside(self, name: str) -> Path | None:
        """The file `name` in the folder, links followed; None if it leads out of there."""
        try:
            path = (self.folder / name).resolve()
            is_good = path.is_relative_to(self.folder) and path.is_file()
        except (OSError, ValueError, RuntimeError):  # too long, or links in a circle
            return None
        return path if is_good else None


def candidates(address: str) -> list[str]:
    """Where in the folder the file may be, likeliest first."""
    try:
        path = unquote(urlsplit(address).path)[:PATH_LENGTH]
    except ValueError:
        return []
    if "\0" in path or ".." in path.split("/"):
        return []
    names = [path[found.end() :] for found in ABOVE.finditer(path)][:3]
    if found := BY_MONTH.search(path):
        names.append(found[1])
    names.append(path.lstrip("/"))
    names = [name for name in names if name and not name.startswith("/")]
    return list(dict.fromkeys([*names, *(SIZE.sub("", name) for name in names)]))
