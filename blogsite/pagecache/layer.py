"""The kept pages in front of a WSGI application, such as Django's handler."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from django.conf import settings

from blogsite.pagecache import explaining
from blogsite.pagecache.activity import Activity
from blogsite.pagecache.counters import counters
from blogsite.pagecache.declaring import Declaration
from blogsite.pagecache.encodings import wanted
from blogsite.pagecache.flights import Flights
from blogsite.pagecache.making import make
from blogsite.pagecache.pages import Page
from blogsite.pagecache.questions import Asked, Key, PastIt, asked_by
from blogsite.pagecache.store import Store

# After so many readers a page has proved worth packing as tightly as can be.
WORTH_PACKING = 20
MOST_PATHS = 20_000  # whose declarations are remembered
PHRASES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class PageCache:
    """A WSGI application: `application`, with what it lets us keep kept.

    What it holds is this process's own. Whether that is right, `counters` tell.
    """

    def __init__(self, application: Callable, megabytes: float | None = None):
        self.application = application
        limit = settings.PAGECACHE_MB if megabytes is None else megabytes
        self.is_on = limit > 0 and not settings.DEBUG
        self.store = Store(int(limit * 2**20))
        self.flights = Flights()
        self.activity = Activity.of_this_process()
        self.declarations: dict[str, Declaration] = {}  # by path, of what is kept
        self.packer = ThreadPoolExecutor(1, thread_name_prefix="packing")

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if explaining.is_asked(environ):
            return explaining.answer(self, environ, start_response)
        if not self.is_on:
            return self.application(environ, start_response)
        try:
            asked = asked_by(environ)
        except PastIt:
            self.activity.count("past")
            return self.application(environ, start_response)
        page = self.find(asked.key)
        if page is not None:
            self.activity.count("hits")
            return self._send(asked.key, page, environ, start_response)
        return self._make(asked, environ, start_response)

    # --- What is there ----------------------------------------------------------

    def find(self, key: Key | tuple) -> Page | None:
        """The page, if there is one and it is right at this moment."""
        page = self.store.pages.get(key)
        if page is None:
            return None
        if not _is_right(page):
            return self._forget(key, page)
        page.uses += 1
        if page.uses == WORTH_PACKING:
            self.packer.submit(self._pack_tightly, key, page)
        return page

    def _forget(self, key: Key, page: Page) -> None:
        self.activity.count("stale")
        self.store.drop(key, page)

    def _pack_tightly(self, key: Key, page: Page) -> None:
        page.pack_tightly()
        self.store.weigh(key, page)

    # --- What is made -----------------------------------------------------------

    def _make(self, asked: Asked, environ: dict, start_response: Callable) -> Iterable[bytes]:
        flight = self.flights.board(asked.key)
        if flight is None:
            try:
                return self._render(asked, environ, start_response)
            finally:
                self.flights.land(asked.key)
        self.activity.count("waits")
        self.flights.wait(flight)
        page = self.find(asked.key)
        if page is not None:
            return self._send(asked.key, page, environ, start_response)
        # What the first one got was no page, or is out of date. That need not hold for this one.
        return self._render(asked, environ, start_response)

    def _render(self, asked: Asked, environ: dict, start_response: Callable) -> Iterable[bytes]:
        made = make(self.application, asked, environ)
        if made.page is not None:
            self.activity.count("misses")
            self._keep(asked, made.page)
            return self._send(asked.key, made.page, environ, start_response)
        self.activity.count("unkept")
        start_response(made.status, made.headers)
        return made.response

    def _keep(self, asked: Asked, page: Page) -> None:
        """Not if it was made while something it was made from changed."""
        if page.size > self.store.largest or not _is_right(page):
            return
        if len(self.declarations) >= MOST_PATHS:
            self.declarations.clear()
        self.declarations[asked.key.path] = asked.declaration
        # Without its slash an address that leads nowhere is a redirect.
        is_made_up = bool(asked.key.query) or page.status != HTTPStatus.OK
        gone = self.store.put(asked.key, page, is_made_up=is_made_up)
        self.activity.count("evicted", gone)
        self.activity.weigh(len(self.store), self.store.bytes)

    def _send(
        self, key: Key, page: Page, environ: dict, start_response: Callable
    ) -> Iterable[bytes]:
        unchanged = page.unchanged_since(
            environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        )
        if unchanged is not None:
            start_response(PHRASES[HTTPStatus.NOT_MODIFIED], [*unchanged])
            return [b""]
        packing = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        variant = page.variant_for(packing)
        if variant is None:
            variant = page.packed(packing)
            self.store.weigh(key, page)
        start_response(PHRASES[page.status], [*variant.headers])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else variant.body]


def _is_right(page: Page) -> bool:
    """Whether nothing that it was made from has changed, by our hands or by the clock."""
    now = counters().now()
    epoch = now.epoch  # before looking further, so that no change can fall in between
    if page.checked != epoch:
        if now.has_moved(page.origins.slots, page.origins.epoch):
            return False
        page.checked = epoch
    # A clock that ran ahead and was put right may have shown what is not due.
    return page.made_at <= time.time() < page.until
