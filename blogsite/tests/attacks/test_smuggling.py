"""Request smuggling: bytes in which two readers see different requests.

Each is sent to the server as it is, with a second request hidden behind it. Whoever counts the
body in another way than the server does would take that one for the next visitor's.
"""

import re
import socket

import pytest
from django.conf import settings

from blogsite.tests.faults.site import PATIENCE, Site

QUIET_SECONDS = 4  # after an answer, until no other is coming
HIDDEN = b"GET /hidden/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
# A body that is empty by chunks, and goes on to the end of HIDDEN by length.
BY_LENGTH = b"Content-Length: %d\r\n" % (5 + len(HIDDEN))


def post(*headers, body=b"0\r\n\r\n", line=b"POST /robots.txt HTTP/1.1\r\n"):
    return line + b"Host: 127.0.0.1\r\n" + b"".join(headers) + b"\r\n" + body + HIDDEN


# What cannot be understood in one way only: refused, and the connection closed.
REFUSED = {
    "two lengths": post(b"Content-Length: 5\r\n", BY_LENGTH),
    "a list of lengths": post(b"Content-Length: 5, 6\r\n"),
    "a length with a sign": post(b"Content-Length: +5\r\n"),
    "a negative length": post(b"Content-Length: -5\r\n"),
    "a hexadecimal length": post(b"Content-Length: 0x5\r\n"),
    "a length and nothing": post(b"Content-Length: \r\n"),
    "an encoding that is none": post(b"Transfer-Encoding: xchunked\r\n"),
    "chunks that are not last": post(b"Transfer-Encoding: chunked, identity\r\n"),
    "chunks in HTTP/1.0": post(CHUNKED, line=b"POST /robots.txt HTTP/1.0\r\n"),
    "a space before the colon": post(b"Transfer-Encoding : chunked\r\n"),
    "a folded header": post(b"X-Folded: a\r\n Transfer-Encoding: chunked\r\n"),
    "a NUL in a header": post(b"X-Nul: a\0b\r\n", CHUNKED),
    "a bare CR in a header": post(b"X-Bare: a\rTransfer-Encoding: chunked\r\n"),
    "a size that is no number": post(CHUNKED, body=b"zz\r\nab\r\n0\r\n\r\n"),
    "a size with a sign": post(CHUNKED, body=b"+2\r\nab\r\n0\r\n\r\n"),
    "a size that overflows": post(CHUNKED, body=b"ffffffffffffffff2\r\nab\r\n0\r\n\r\n"),
    "a chunk longer than its size": post(CHUNKED, body=b"1\r\nab\r\n0\r\n\r\n"),
    "a size without its line": post(CHUNKED, body=b"2\nab\r\n0\r\n\r\n"),
}
# What the standard says how to read: one answer to each request, or none at all.
READ_AS_CHUNKS = {
    "chunks and a length": post(CHUNKED, BY_LENGTH),
    "a length and chunks": post(BY_LENGTH, CHUNKED),
    "chunks in capitals": post(b"TRANSFER-ENCODING: CHUNKED\r\n", BY_LENGTH),
    "chunks after a tab": post(b"Transfer-Encoding:\tchunked\r\n", BY_LENGTH),
}


@pytest.fixture(scope="module")
def server(furnished, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("smuggling") / "site", EMAIL_URL="dummymail://")
    site.copy_of(furnished)
    site.start()
    yield site
    site.kill()


def exchange(site, request: bytes) -> list[int]:
    """The statuses of all answers in one connection, until it is closed or goes quiet."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as visitor:
        visitor.sendall(request)
        received = b""
        try:
            while block := visitor.recv(65536):
                received += block
                visitor.settimeout(QUIET_SECONDS)
        except (TimeoutError, ConnectionResetError):
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


@pytest.mark.parametrize("request_", REFUSED.values(), ids=REFUSED)
def test_ambiguous_request_is_refused_and_nothing_behind_it_read(server, request_):
    statuses = exchange(server, request_)

    assert statuses in ([400], [])


@pytest.mark.parametrize("request_", READ_AS_CHUNKS.values(), ids=READ_AS_CHUNKS)
def test_chunks_are_what_counts(server, request_):
    statuses = exchange(server, request_)

    assert statuses in ([400], [403], [405], [403, 404], [405, 404])


def test_two_honest_requests_get_two_answers(server):
    """Or the tests above would prove nothing."""
    honest = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    assert exchange(server, honest + HIDDEN) == [200, 404]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % (b"a" * 100_000), 414),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: %s\r\n\r\n" % (b"a" * 300_000), 431),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: a\r\n" * 1000 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 400),
    ],
    ids=["long address", "long header", "many headers", "no host", "two hosts"],
)
def test_oversized_or_odd_head_is_refused(server, request_, status):
    assert exchange(server, request_)[:1] == [status]


def test_body_in_chunks_beyond_the_limit_is_refused(server):
    size = settings.REQUEST_MAX_BYTES + 1
    head = b"POST /comments/preview/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + CHUNKED + b"\r\n"

    assert exchange(server, head + b"%x\r\n" % size + b"a" * size)[:1] == [413]
