"""Odd requests and long answers on the wire, as the server and the gateway understand each other."""

import http.client
import socket
from contextlib import closing

import pytest

from blogsite.tests.faults.site import PATIENCE, Site

LONG = bytes(number % 251 for number in range(3 * 2**20))
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def server(furnished, tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("wire") / "site", EMAIL_URL="dummymail://")
    site.copy_of(furnished)
    (site.folder / "static" / "long.bin").write_bytes(LONG)
    site.start()
    yield site
    site.kill()


def fetch(site, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    with closing(connection):
        connection.request(method, "/static/long.bin", headers=headers)
        response = connection.getresponse()
        return response.status, response.headers["Content-Length"], response.read()


def exchange(site, request, *, ends=False):
    """What comes back for `request`; where it `ends`, the visitor says no more after that."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE) as visitor:
        visitor.sendall(request.replace("\n", "\r\n").replace("\r\r", "\r").encode("latin-1"))
        if ends:
            visitor.shutdown(socket.SHUT_WR)
        return visitor.makefile("rb").readline().decode().split(" ")[1:2]


def test_long_file_is_sent_whole(server):
    assert fetch(server) == (200, str(len(LONG)), LONG)


def test_long_file_is_sent_in_part(server):
    begin, last = 1000, 2_000_000

    got = fetch(server, Range=f"bytes={begin}-{last}")

    assert got == (206, str(last - begin + 1), LONG[begin : last + 1])


def test_head_of_a_long_file_has_no_body(server):
    assert fetch(server, "HEAD") == (200, str(len(LONG)), b"")


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Cookie: a=\xe9; theme=dark", "200"),
        ("User-Agent: Caf\xe9", "200"),
        ("X-Forwarded-For: caf\xe9, 192.0.2.7", "400"),
        ("X-Forwarded-Proto: http\xe9", "400"),
    ],
)
def test_bytes_beyond_ascii_hide_nothing_that_a_proxy_said(server, header, status):
    request = f"GET /robots.txt HTTP/1.1\nHost: 127.0.0.1\n{header}\nConnection: close\n\n"

    assert exchange(server, request) == [status]


@pytest.mark.parametrize("path", ["/%ff/", "/caf%e9/", "/%00/", "/%F0%9F/"])
def test_address_that_is_no_text_is_not_found(server, path):
    request = f"GET {path} HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n"

    assert exchange(server, request) == ["404"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Length: 30\n", "body=Half"),
        ("Transfer-Encoding: chunked\n", "9\nbody=Half\n"),
        ("Transfer-Encoding: chunked\n", "9\nbody=Ha"),
        ("Transfer-Encoding: chunked\n", "9\nbody=Half\nzz\n"),
    ],
)
def test_half_a_form_is_no_form(server, headers, body):
    head = f"POST /comments/preview/ HTTP/1.1\nHost: 127.0.0.1\n{FORM}Sec-Fetch-Site: same-origin\n"

    assert exchange(server, f"{head}{headers}\n{body}", ends=True) in (["400"], [])
