"""Requests that kept pages answer before anything is made of them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from blogsite.gateway import shortcut
from blogsite.gateway.application import Gateway
from blogsite.gateway.kept import KeptAnswers
from blogsite.gateway.tests.test_gateway import WAIT_SECONDS, Headers, Protocol, Scope
from blogsite.pagecache import touch
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.tests import small_site
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler

HOST = ("host", "testserver")


class Asked(Headers):
    """As Granian has them."""

    def get_all(self, name):
        return [text for each, text in self.pairs if each == name and text is not None]

    def get(self, name):
        return next(iter(self.get_all(name)), None)


def scope(path="/plain/", query="", method="GET", headers=(HOST,), **more):
    return Scope(method=method, path=path, query_string=query, headers=Asked([*headers]), **more)


@pytest.fixture
def site(settings) -> PageCache:
    settings.ROOT_URLCONF = small_site.__name__
    settings.MIDDLEWARE = []
    small_site.asked.clear()
    small_site.gate.set()
    return PageCache(Handler())


@pytest.fixture
def kept(site) -> KeptAnswers:
    """With the plain page, as everyone sees it and packed by brotli."""
    ask(site, "/plain/", accept_encoding="br")
    return KeptAnswers(site, proxies=False)


def test_reply_is_that_of_the_layer(site, kept):
    status, headers, body = kept.reply_now(scope())

    assert (status, dict(headers), body) == ask(site, "/plain/")


def test_packed_reply_is_that_of_the_layer(site, kept):
    wishes = {"accept-encoding": "gzip, br"}
    status, headers, body = kept.reply_now(scope(headers=[HOST, *wishes.items()]))

    assert (status, dict(headers), body) == ask(site, "/plain/", accept_encoding="gzip, br")


def test_head_has_no_body(kept):
    status, headers, body = kept.reply_now(scope(method="HEAD"))

    assert (status, body, int(dict(headers)["Content-Length"]) > 1000) == (200, b"", True)


def test_known_tag_is_a_304(kept):
    tag = dict(kept.reply_now(scope())[1])["ETag"]

    assert kept.reply_now(scope(headers=[HOST, ("if-none-match", tag)]))[0] == 304


@pytest.mark.parametrize(
    "different",
    [
        {"method": "POST"},
        {"path": "/other/"},
        {"query": "utm_source=x", "path": "/never-asked/"},
        {"headers": []},
        {"headers": [HOST, HOST]},
        {"headers": [("host", "other.example")]},
        {"headers": [HOST, ("authorization", "Basic eDp5")]},
        {"headers": [HOST, ("upgrade", "websocket")]},
        {"headers": [HOST, ("cookie", "sessionid=x")]},
        {"headers": [HOST, ("cookie", "theme=dark"), ("cookie", "sessionid=x")]},
        {"headers": [HOST, ("accept-encoding", "zstd")]},  # not packed yet
        {"scheme": "https"},
        {"headers": [], "authority": "testserver"},
    ],
)
def test_anything_else_goes_the_long_way(kept, different):
    assert kept.reply_now(scope()) is not None
    assert kept.reply_now(scope(**different)) is None


@pytest.mark.parametrize(
    "same",
    [
        {"query": "utm_source=x"},
        {"headers": [HOST, ("cookie", "theme=dark")]},
        {"headers": [], "authority": "testserver", "http_version": "2"},
        {"headers": [HOST, ("x-forwarded-proto", "https")]},
    ],
)
def test_what_makes_no_difference_is_answered(kept, same):
    assert kept.reply_now(scope(**same)) == kept.reply_now(scope())


def test_proxy_tells_how_a_visitor_asked(site, settings, kept):
    settings.TRUSTED_PROXIES = ["192.0.2.1/32"]
    behind = KeptAnswers(site, proxies=True)
    by_https = scope(headers=[HOST, ("x-forwarded-proto", "https")])
    by_whoever = scope(headers=[HOST, ("x-forwarded-proto", "https")], client="192.0.2.2:1")
    unreadable = scope(headers=[HOST, ("x-forwarded-proto", None)])

    assert behind.reply_now(by_https) is None
    assert behind.reply_now(by_whoever) == kept.reply_now(scope())
    assert behind.reply_now(unreadable) is None


def test_other_type_goes_the_long_way(site):
    ask(site, "/typed/")
    kept = KeptAnswers(site, proxies=False)
    markdown = scope("/typed/", headers=[HOST, ("accept", "text/markdown")])

    assert kept.reply_now(markdown) is None
    assert kept.reply_now(scope("/typed/"))[2] == b"text/html"


def test_changed_page_is_made_anew(kept):
    touch("plain")

    assert kept.reply_now(scope()) is None


def test_page_that_is_being_made_is_waited_for(site):
    kept = KeptAnswers(site, proxies=False)
    small_site.gate.clear()
    maker = threading.Thread(target=ask, args=[site, "/slow/"])
    maker.start()
    while not site.flights.under_way:
        pass

    async def wait():
        asyncio.get_running_loop().call_later(0.05, small_site.gate.set)
        return await kept.reply_soon(scope("/slow/"))

    loop = asyncio.new_event_loop()
    waiter = threading.Thread(target=lambda: replies.append(loop.run_until_complete(wait())))
    replies = []
    waiter.start()
    waiter.join()
    maker.join()
    loop.close()

    assert replies[0][2] == b"said"
    assert small_site.asked["slow"] == 1


def test_who_waits_for_a_page_takes_no_thread(site):
    """Of two threads one makes the page; the other is there for who asks for something else."""
    kept = KeptAnswers(site, proxies=False, may_look=False)
    gateway = Gateway(site, readers=2, writers=1, most_bytes=0, kept=kept)
    small_site.gate.clear()

    async def visit(path: str) -> tuple:
        protocol = Protocol([])
        await gateway(scope(path, headers=[HOST]), protocol)
        return protocol.answer

    async def everybody():
        first = asyncio.create_task(visit("/slow/"))
        while not site.flights.under_way:
            await asyncio.sleep(0.001)
        waiting = [asyncio.create_task(visit("/slow/")) for _ in range(5)]
        await asyncio.sleep(0.01)
        other = await asyncio.wait_for(visit("/plain/"), WAIT_SECONDS / 2)
        small_site.gate.set()
        return other, await asyncio.gather(first, *waiting)

    with ThreadPoolExecutor(1) as thread:
        other, answers = thread.submit(lambda: asyncio.run(everybody())).result()

    assert other[1].startswith(b"plain")
    assert answers == [(200, b"said")] * 6
    assert small_site.asked["slow"] == 1


@pytest.mark.parametrize("looks", [True, False])
def test_gateway_looks_only_where_nobody_has_looked_before(site, kept, looks):
    gateway = Gateway(site, readers=1, writers=1, most_bytes=0, kept=kept, looks=looks)

    with ThreadPoolExecutor(1) as thread:
        protocol = Protocol([])
        thread.submit(asyncio.run, gateway(scope(headers=[HOST]), protocol)).result()

    assert protocol.answer == (200, ask(site, "/plain/").body)
    assert bool(gateway.readers._threads) != looks  # a thread is where Django would be asked


# --- Before the event loop ----------------------------------------------------


class Watcher:
    """A request as Granian hands it over; `said` is what was answered."""

    def __init__(self, scope):
        self.scope, self.proto, self.said, self.is_done = scope, self, None, False

    def response_bytes(self, *said):
        self.said = said

    def done(self):
        self.is_done = True


def hand_over(kept, scope) -> tuple[Watcher, list]:
    """The request, and what went on into the event loop."""
    scheduled = []
    watcher = Watcher(scope)
    shortcut.before(kept, scheduled.append)(watcher)
    return watcher, scheduled


def test_kept_page_needs_no_event_loop(kept):
    watcher, scheduled = hand_over(kept, scope())

    assert (watcher.said, watcher.is_done) == (kept.reply_now(scope()), True)
    assert scheduled == []


def test_other_requests_go_on_into_the_loop(kept):
    watcher, scheduled = hand_over(kept, scope(method="POST"))

    assert scheduled == [watcher]
    assert (watcher.said, watcher.is_done) == (None, False)


def test_failure_goes_on_into_the_loop(kept, monkeypatch):
    broken = scope()
    broken.headers = None
    watcher, scheduled = hand_over(kept, broken)

    assert scheduled == [watcher]


def test_granian_still_has_the_place_for_the_shortcut(kept, monkeypatch):
    """If not, kept pages are still answered, but slower: see shortcut.py."""
    monkeypatch.setattr(
        shortcut._futures, shortcut.PLACE, getattr(shortcut._futures, shortcut.PLACE)
    )
    callback = object()
    called = []

    class Loop:
        def call_soon_threadsafe(self, run, coroutine, watcher, context):
            called.append((coroutine, watcher))

    assert shortcut.take(kept)

    # As in Granian: the class of its scheduler calls it by name.
    schedule = shortcut._futures._cbsched_aioschedule(Loop(), None, lambda watcher: callback)
    watcher = Watcher(scope())
    schedule(watcher)
    other = Watcher(scope(method="POST"))
    schedule(other)

    assert watcher.is_done
    assert called == [(callback, other)]
    assert "_cbsched_aioschedule" in shortcut._futures._CBSchedulerAIO.__init__.__code__.co_names
