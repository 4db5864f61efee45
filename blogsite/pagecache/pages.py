"""One kept page: what was answered, packed in several ways, and until when it is right."""

import re
import threading
import time
from collections.abc import Collection, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.utils.http import parse_http_date_safe

from blogsite.pagecache.encodings import IDENTITY, is_worth_packing, pack, pack_best

TAG = re.compile(r'(?:W/)?("[^"]*")')
BYTES_PER_PAGE = 5_500  # of Python's own, about: measured with the headers and topics of our posts
BYTES_PER_VARIANT = 600

Headers = list[tuple[str, str]]


class Origins(NamedTuple):
    """What a page was made from: topics, their counters, and the epoch before it was made.

    `until` is when the clock alone makes it wrong, in seconds since 1970.
    """

    topics: frozenset[str]
    slots: tuple[int, ...]
    epoch: int
    until: float


class Variant(NamedTuple):
    """A page in one packing. `unchanged` are the headers of a 304."""

    tag: str
    headers: Headers
    body: bytes
    unchanged: Headers


class Page:
    """The answer to one question, for everyone who asks it. `types` are those its view offers."""

    __slots__ = (
        "checked",
        "headers",
        "is_packable",
        "last_modified",
        "made_at",
        "mutex",
        "origins",
        "status",
        "tags",
        "types",
        "until",
        "uses",
        "variants",
        "weak_tag",
    )

    def __init__(
        self, status: int, headers: Headers, body: bytes, origins: Origins, types: Sequence[str]
    ):
        said = {name.lower(): value for name, value in headers}
        self.status = status
        self.headers = [_shared(*pair) for pair in headers if pair[0].lower() not in OWN]
        self.is_packable = is_worth_packing(said.get("content-type", ""), body)
        if self.is_packable:
            _vary(self.headers, said.get("vary", ""))
        modified = said.get("last-modified")
        self.last_modified = parse_http_date_safe(modified) if modified else None
        # A view says by a weak tag that pages which differ in bytes are the same to their readers.
        tag = said.get("etag", "")
        self.weak_tag = tag if tag.startswith("W/") else None
        self.origins, self.types = origins, tuple(types)
        self.until = origins.until
        self.checked = -1  # the epoch at which it was last known to be right
        self.made_at = time.time()
        self.uses = 0
        self.mutex = threading.Lock()
        self.tags: dict[str, Headers] = {}
        self.variants: dict[str, Variant] = {}
        self._add(IDENTITY, body)

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        variants = list(self.variants.values())
        return BYTES_PER_PAGE + sum(BYTES_PER_VARIANT + len(each.body) for each in variants)

    # --- Answering --------------------------------------------------------------

    def variant_for(self, packing: str) -> Variant | None:
        """In this packing; None where that has not been made yet."""
        return self.variants.get(packing if self.is_packable else IDENTITY)

    def packed(self, packing: str) -> Variant:
        """In this packing, which is made where it is missing."""
        variant = self.variant_for(packing)
        if variant is None:
            with self.mutex:
                variant = self.variants.get(packing) or self._add(
                    packing, pack(self.variants[IDENTITY].body, packing)
                )
        return variant

    def unchanged_since(self, known_tags: str | None, known_date: str | None) -> Headers | None:
        """The headers of a 304, if a visitor who knows these has the page as it is; else None.

        They are the values of If-None-Match and If-Modified-Since, of which the first decides.
        """
        if self.status != 200:
            return None
        if known_tags is not None:
            return self.tags.get(known_tags) or self._known(known_tags)
        if known_date is None or self.last_modified is None:
            return None
        seconds = parse_http_date_safe(known_date)
        if seconds is None or seconds < self.last_modified:
            return None
        return self.variants[IDENTITY].unchanged

    def _known(self, known_tags: str) -> Headers | None:
        """A tag is compared weakly (RFC 9110, 13.1.2): whoever packs on the way weakens it."""
        if known_tags.strip() == "*":
            return self.variants[IDENTITY].unchanged
        opaque = {TAG.fullmatch(tag)[1]: headers for tag, headers in list(self.tags.items())}
        named = (opaque.get(tag) for tag in TAG.findall(known_tags))
        return next(filter(None, named), None)

    # --- Making -----------------------------------------------------------------

    def pack_tightly(self) -> None:
        """Replace what was packed quickly. Who has that one may go on using it."""
        body = self.variants[IDENTITY].body
        for packing in list(self.variants):
            tight = pack_best(body, packing)
            if tight is not None and len(tight) < len(self.variants[packing].body):
                with self.mutex:
                    self._add(packing, tight)

    def _add(self, packing: str, body: bytes) -> Variant:
        tag = self.weak_tag or f'"{sha256(body).hexdigest()[:24]}"'
        headers = [*self.headers, ("ETag", tag), ("Content-Length", str(len(body)))]
        if packing != IDENTITY:
            headers.append(_shared("Content-Encoding", packing))
        unchanged = [pair for pair in headers if pair[0].lower() not in OF_BODY]
        variant = Variant(tag, headers, body, unchanged)
        self.variants[packing] = variant
        self.tags[tag] = unchanged
        return variant


OWN = {"etag", "content-length", "content-encoding", "date"}
OF_BODY = {"content-type", "content-length", "content-encoding", "content-language", "link"}


@lru_cache(maxsize=2000)
def _shared(name: str, value: str) -> tuple[str, str]:
    """Most headers are those of every page; they need not lie in memory ten thousand times."""
    return name, value


def _vary(headers: Headers, said: str) -> None:
    """Say that the answer differs by Accept-Encoding, beside what its view said."""
    names = words_of(said)
    if "accept-encoding" in names:
        return
    headers[:] = [pair for pair in headers if pair[0].lower() != "vary"]
    headers.append(_shared("Vary", ", ".join(filter(None, [said, "Accept-Encoding"]))))


def words_of(header: str) -> Collection[str]:
    """`public, max-age=0` as {"public", "max-age=0"}."""
    return {word.strip().lower() for word in header.split(",") if word.strip()}
