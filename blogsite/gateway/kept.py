"""Answers of kept pages, for the server as they are: no environ, no thread, no Django.

Each look at what was asked crosses into the server, so nothing is looked at twice, and most not at
all. Whatever is not plain goes the long way, where `blogsite.pagecache.layer` looks closely.
"""

import asyncio

from blogsite.client import scheme_of
from blogsite.gateway.environ import address_of, as_wsgi
from blogsite.pagecache.activity import HITS
from blogsite.pagecache.encodings import wanted
from blogsite.pagecache.flights import PATIENCE
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.pages import Headers
from blogsite.pagecache.questions import (
    METHODS,
    PastIt,
    is_of_one_visitor,
    known_query,
    own_host,
    prefers_first,
)

Reply = tuple[int, Headers, bytes]
HTTP_2 = "2"


class KeptAnswers:
    def __init__(self, cache: PageCache, proxies: bool, may_look: bool = True):
        """`proxies` says whether some are trusted to tell how a visitor asked.

        Without `may_look`, for where a look is to wait for a network, it is only known who is to
        wait for whom.
        """
        self.cache = cache
        self.may_look = may_look
        self.proxies = proxies
        self.hosts = [own_host()]

    def reply_now(self, scope) -> Reply | None:
        """Status, headers and body; None where Django is to be asked, or is being asked."""
        method, headers = scope.method, scope.headers
        key = self._key_of(method, scope, headers)
        return None if key is None else self._find(key, method, headers)

    async def reply_soon(self, scope) -> Reply | None:
        """As `reply_now`, once what somebody else has asked Django for is there; None if nobody has.

        Waiting here takes no thread from those who ask for something else.
        """
        method, headers = scope.method, scope.headers
        key = self._key_of(method, scope, headers)
        flight = key and self.cache.flights.get(key)
        if not flight:
            return None
        await asyncio.wait([asyncio.wrap_future(flight)], timeout=PATIENCE)
        return self._find(key, method, headers)

    def _key_of(self, method: str, scope, headers) -> tuple[bool, str, str] | None:
        """By what the page is found; None where this request goes the long way."""
        if method not in METHODS or "authorization" in headers or "upgrade" in headers:
            return None
        # HTTP/2 may bring each cookie by itself.
        if "cookie" in headers and is_of_one_visitor(";".join(headers.get_all("cookie"))):
            return None
        if headers.get_all("host") != self.hosts and not self._is_named_otherwise(scope, headers):
            return None
        path, query = as_wsgi(scope.path), scope.query_string
        if query:
            query = self._known(path, query)
            if query is None:
                return None
        scheme = scope.scheme
        if self.proxies:
            told = headers.get("x-forwarded-proto")
            if told is None and "x-forwarded-proto" in headers:
                return None
            scheme = scheme_of(scheme, address_of(scope.client)[0], told)
        return scheme == "https", path, query

    def _find(self, key: tuple[bool, str, str], method: str, headers) -> Reply | None:
        page = self.cache.find(key) if self.may_look else None
        if page is None:
            return None
        if page.types and not prefers_first(headers.get("accept"), page.types):
            return None
        known_tags = headers.get("if-none-match")
        known_date = page.last_modified and headers.get("if-modified-since")
        if known_tags or known_date:
            unchanged = page.unchanged_since(known_tags, known_date)
            if unchanged is not None:
                self.cache.activity.numbers[HITS] += 1
                return 304, unchanged, b""
        packing = headers.get("accept-encoding")
        variant = page.variant_for(wanted(packing) if packing else "identity")
        if variant is None:  # packing takes long enough to be done elsewhere
            return None
        self.cache.activity.numbers[HITS] += 1
        return page.status, variant.headers, b"" if method == "HEAD" else variant.body

    def _is_named_otherwise(self, scope, headers) -> bool:
        """HTTP/2 has a name of its own for the host."""
        return scope.http_version == HTTP_2 and [scope.authority] == self.hosts

    def _known(self, path: str, query: str) -> str | None:
        declaration = self.cache.declarations.get(path)
        if declaration is None:
            return None
        try:
            return known_query(query, declaration)
        except PastIt:
            return None
