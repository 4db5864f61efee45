"""Slow visitors, five hundred of each kind, beside one who is in no hurry to attack.

The first two kinds are known as Slowloris, the third as R-U-Dead-Yet and the fourth as slow read.
"""

import selectors
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from blogsite.server import READ_SECONDS
from blogsite.tests.faults.furniture import SLUG
from blogsite.tests.faults.site import PATIENCE, wait_for

pytestmark = [pytest.mark.faults, pytest.mark.waits]

VISITORS = 500
PAUSE = 5  # seconds between two bytes of one of them
ATTACK_SECONDS = 30  # longer than the server waits for any of them
ANSWERED_SECONDS = 25  # far more than a page takes; without a defence it takes for ever
LARGE = 30 * 2**20  # bytes; more than the system keeps for a reader who does not read

HEADERS = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
REQUESTS = {
    "headers": HEADERS,
    "bodies": (
        b"POST /comments/preview/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nbody="
    ),
    "chunks": (
        b"POST /comments/preview/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nffff\r\nbody="
    ),
    "readers": b"GET /static/large.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


@pytest.fixture
def large_file(site):
    (site.folder / "static" / "large.bin").write_bytes(b"0" * LARGE)


@contextmanager
def slow_visitors(port, kind):
    """So many of a kind, each at its slow work until the block ends; yields their sockets."""
    visitors = [open_slowly(port, REQUESTS[kind]) for _ in range(VISITORS)]
    over = threading.Event()
    pace = threading.Thread(target=keep_pace, args=[visitors, kind, over])
    pace.start()
    try:
        yield visitors
    finally:
        over.set()
        pace.join()
        for visitor in visitors:
            visitor.close()


def open_slowly(port, request):
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    visitor.settimeout(PATIENCE)
    visitor.connect(("127.0.0.1", port))
    visitor.sendall(request)
    return visitor


def keep_pace(visitors, kind, over):
    """One byte each, then a pause: to be read by the readers, and sent by all others."""
    while not over.wait(PAUSE):
        for visitor in visitors:
            with suppress(OSError):  # the server may have had enough of it
                visitor.recv(1) if kind == "readers" else visitor.send(b"a")


def has_ended(visitor) -> bool:
    """Whether the server has closed the connection, or answered that it will."""
    with selectors.DefaultSelector() as selector:
        selector.register(visitor, selectors.EVENT_READ)
        return bool(selector.select(timeout=0))


def assert_answers(site, seconds):
    """Somebody reads and writes, again and again, and is answered each time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert site.ask("GET", f"/post/{SLUG}/", timeout=ANSWERED_SECONDS)[0] == 200
        status = site.ask("POST", "/comments/preview/", "body=Hello", timeout=ANSWERED_SECONDS)[0]
        assert status < 500
        time.sleep(0.5)


@pytest.mark.parametrize("kind", ["headers", "bodies", "chunks"])
def test_slow_senders_hold_up_nobody_and_are_sent_away(site, kind):
    site.start()

    with slow_visitors(site.port, kind) as visitors:
        assert_answers(site, ATTACK_SECONDS)

        wait_for(lambda: all(map(has_ended, visitors)), "the end of the slow connections")


def test_slow_readers_hold_up_nobody(site, large_file):
    site.start()

    with slow_visitors(site.port, "readers"):
        assert_answers(site, ATTACK_SECONDS)


def test_slow_body_is_answered_by_a_timeout(site):
    site.start()

    with slow_visitors(site.port, "bodies") as visitors:
        answers = [visitor.recv(100).split(b"\r\n")[0] for visitor in visitors[:5]]

    assert answers == [b"HTTP/1.1 408 Request Timeout"] * 5


def test_reader_who_hardly_reads_is_sent_away(site, large_file):
    """By the system, which tells the reader only when it asks for more."""
    site.start()
    visitor = open_slowly(site.port, REQUESTS["readers"])
    end = time.monotonic() + READ_SECONDS + 3 * PAUSE

    while time.monotonic() < end:
        time.sleep(PAUSE)
        visitor.recv(1)

    with pytest.raises(ConnectionResetError):
        while visitor.recv(LARGE):
            pass
