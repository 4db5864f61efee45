"""Finding the file or the text of this import that an address in a body means."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from posts.importers.document import Document
from posts.importers.plan import Plan

PELICAN = re.compile(r"\A(?:\{(?:static|filename|attach|photo)\}|\|(?:static|filename|attach)\|)")
REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|mailto:|tel:|data:|javascript:", re.IGNORECASE)
# Where generators keep the files that they serve from the top of the site.
SERVED = ["", "static", "content", "assets", "public", "source"]


class Places:
    """Looks addresses up for one document."""

    def __init__(self, plan: Plan, document: Document):
        self.plan = plan
        self.document = document
        self.home = posixpath.dirname(document.path)

    def file(self, address: str) -> Path | None:
        """The file that `address` means, inside the imported folder; None for any other."""
        path = self.local(address)
        if path is None:
            return None
        for candidate in self.candidates(path):
            if found := self.plan.folder.inside(candidate):
                return found
        return None

    def leads_outside(self, address: str) -> bool:
        """Whether `address` climbs out of the folder, or follows a link out of it."""
        path = self.local(address)
        if not path:
            return False
        folder = self.plan.folder
        places = [folder.root / candidate for candidate in self.joined(path)]
        return any(place.exists() and not folder.contains(str(place.resolve())) for place in places)

    def local(self, address: str) -> str | None:
        """The path in `address`; None for another site's."""
        address = self.on_this_site(address.strip())
        if REMOTE.match(address) or "\0" in address:
            return None
        try:
            return unquote(urlsplit(PELICAN.sub("", address)).path)
        except ValueError:
            return None

    def on_this_site(self, address: str) -> str:
        """A path, where `address` is a full one of the old site."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return address
        if parts.netloc.lower() in self.plan.config.hosts and parts.netloc:
            return parts._replace(scheme="", netloc="").geturl() or "/"
        return address

    def candidates(self, path: str) -> list[str]:
        inside = [posixpath.normpath(candidate) for candidate in self.joined(path)]
        return [candidate for candidate in inside if not candidate.startswith(("../", "/"))]

    def joined(self, path: str) -> list[str]:
        """Where the file may be: beside the text, then below its folders up to the root."""
        nearest = [] if path.startswith("/") else [posixpath.join(self.home, path)]
        base = self.plan.config.base_path
        if base and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        parts = self.home.split("/") if self.home else []
        above = ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
        return nearest + [
            posixpath.join(*filter(None, [folder, served, path.lstrip("/")]))
            for folder in above
            for served in SERVED
            if path.strip("/")
        ]

    def text(self, address: str) -> str:
        """The new address, where `address` is the old one of an imported text; else ""."""
        address = re.sub(r"\A/{2,}(?=\d{4}/)", "/", self.on_this_site(address.strip()))
        path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()
        if not path or REMOTE.match(address):
            return ""
        path = PELICAN.sub("", unquote(path))
        found = self.by_file(path) or self.by_old_path(path)
        return found + mark + rest if found else ""

    def by_file(self, path: str) -> str:
        if not re.search(r"\.(md|markdown|mkd|mdown)\Z", path, re.IGNORECASE):
            return ""
        for candidate in self.candidates(path):
            if entry := self.plan.entries.get(candidate):
                return entry.new_path
        return ""

    def by_old_path(self, path: str) -> str:
        if not path.startswith("/"):
            addresses = self.plan.entries[self.document.path].addresses
            if not addresses:
                return ""
            # Relative to a page at /a/b/ and to one at /a/b.html alike.
            path = posixpath.normpath(posixpath.join(posixpath.dirname(addresses[0]), path))
        path = re.sub(r"/{2,}", "/", path).rstrip("/").removesuffix("/index.html")
        return self.plan.old_paths.get(path, "") if path else ""
