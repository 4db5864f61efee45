"""The addresses in a body: pictures become ours, links between imported texts follow them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.utils.translation import gettext as _

from posts.importers import liquid
from posts.importers.places import REMOTE, Places

DESTINATION = r"(?P<target><[^<>\n]+>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
IMAGE = re.compile(r"(?P<before>!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*)" + DESTINATION)
LINK = re.compile(r"(?P<before>\]\(\s*)" + DESTINATION)
DEFINITION = re.compile(
    r"(?P<before>^ {0,3}\[[^\]\n]+\]:[ \t]*)(?P<target><[^<>\n]+>|\S+)", re.MULTILINE
)
IMG = re.compile(
    r"(?P<before><img\b[^>]*?\ssrc\s*=\s*(?P<quote>[\"']))(?P<target>.*?)(?=(?P=quote))",
    re.DOTALL | re.IGNORECASE,
)
ANCHOR = re.compile(
    r"(?P<before><a\b[^>]*?\shref\s*=\s*(?P<quote>[\"']))(?P<target>.*?)(?=(?P=quote))",
    re.DOTALL | re.IGNORECASE,
)
PICTURE_TYPES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff"}
# Every picture that a file mentions, wherever: this is what the report counts.
MENTIONS = [
    re.compile(r"!\[[^\]]*\]\(\s*(?:<([^>\n]+)>|([^)\s>]+))"),
    re.compile(r"<img[^>]*?\ssrc\s*=\s*[\"']([^\"']+)()", re.IGNORECASE | re.DOTALL),
]
TOKEN = re.compile("\0([0-9]+)\0")  # stands for a picture until it has an address; no text has NUL


class Picture(NamedTuple):
    file: Path
    alt: str = ""


@dataclass
class References:
    """What was found in a body; a token `\\0n\\0` in it stands for `pictures[n]`."""

    places: Places
    pictures: list[Picture] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # linked files that stay behind

    def rewrite(self, text: str) -> str:
        """`text`, which holds no code, with its addresses replaced."""
        text = IMAGE.sub(self.with_target(self.picture), text)
        text = IMG.sub(self.with_target(self.picture), text)
        for pattern in (LINK, DEFINITION, ANCHOR):
            text = pattern.sub(self.with_target(self.link), text)
        return text

    def with_target(self, change: Callable[[str, str], str]) -> Callable[[re.Match], str]:
        def replace(found: re.Match) -> str:
            written = found["target"]
            in_brackets = written.startswith("<")
            target = written[1:-1] if in_brackets else written
            if not target or target.startswith("#") or TOKEN.search(target):
                return found[0]
            new = change(target, found.groupdict().get("alt") or "")
            return found["before"] + new if new else found[0]

        return replace

    def picture(self, target: str, alt: str) -> str:
        if REMOTE.match(self.places.on_this_site(target)):
            return ""
        if file := self.places.file(target):
            return self.token(file, alt)
        (self.outside if self.places.leads_outside(target) else self.missing).append(target)
        return ""

    def link(self, target: str, alt: str) -> str:
        if new := self.places.text(target):
            return new
        file = self.places.file(target)
        if file and PurePosixPath(file).suffix.lower() in PICTURE_TYPES:
            return self.token(file)
        if file:
            self.files.append(target)
        return ""

    def token(self, file: Path, alt: str = "") -> str:
        for number, picture in enumerate(self.pictures):
            if picture.file == file:
                return f"\0{number}\0"
        self.pictures.append(Picture(file, alt))
        return f"\0{len(self.pictures) - 1}\0"

    def problems(self) -> list[str]:
        """Sentences about what was not brought along."""
        told = [
            (self.missing, _("Pictures that are not in the folder: %s.")),
            (self.outside, _("Pictures outside the folder, which are not read: %s.")),
            (self.files, _("Linked files that are not pictures stay behind: %s.")),
        ]
        return [sentence % shortened(names) for names, sentence in told if names]


def shortened(names: list[str], most: int = 10) -> str:
    names = list(dict.fromkeys(names))
    more = _(" and %d more") % (len(names) - most) if len(names) > most else ""
    return ", ".join(name[:200] for name in names[:most]) + more


def mentioned(body: str) -> list[str]:
    """Every picture address in `body` as written, in code as well, once for each time."""
    body = liquid.plain_addresses(body)
    return [found[1] or found[2] for pattern in MENTIONS for found in pattern.finditer(body)]
