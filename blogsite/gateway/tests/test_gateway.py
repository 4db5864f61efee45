"""Requests as the server hands them on, to an application that tells what it got."""

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import NamedTemporaryFile

import pytest
from django.http import FileResponse, HttpResponse

from blogsite.gateway import application as gateway_application
from blogsite.gateway import bodies
from blogsite.gateway.application import Gateway

WAIT_SECONDS = 20  # for another thread; never so long, but where something is wrong

MOST = 100  # bytes of a body
LONG = 200 * 1024  # bytes; more than is sent from memory


class Headers:
    """As the server shows them: of those whose text is None, only that they are there."""

    def __init__(self, pairs):
        self.pairs = pairs

    def items(self):
        return [pair for pair in self.pairs if pair[1] is not None]

    def __contains__(self, name):
        return name in dict(self.pairs)


@dataclass
class Scope:
    method: str = "POST"
    http_version: str = "1.1"
    scheme: str = "http"
    path: str = "/"
    query_string: str = ""
    client: str = "192.0.2.1:1234"
    server: str = "127.0.0.1:8000"
    authority: str | None = None
    headers: Headers = field(default_factory=lambda: Headers([]))


@dataclass
class Protocol:
    """`blocks` come in, and then the end; `answer` goes out."""

    blocks: list[bytes]
    answer: tuple = ()

    def __post_init__(self):
        self.incoming = iter(self.blocks)

    def __aiter__(self):
        return self

    async def __anext__(self):
        for block in self.incoming:
            return block
        raise StopAsyncIteration

    def response_bytes(self, status, headers, content):
        self.answer = (status, content)

    def response_file_range(self, status, headers, path, start, end):
        with open(path, "rb") as file:
            self.answer = (status, file.read()[start:end])


def tell(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    response = HttpResponse([environ.get("CONTENT_LENGTH", ""), " ", body])
    start_response("200 OK", list(response.items()))
    return response


def refuse(environ, start_response):
    start_response("413 Content Too Large", [])
    return HttpResponse("too large")


def echo(name):
    """An application that answers what is in its environ under `name`."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return HttpResponse(environ.get(name, "nothing"))

    return application


def send_file(file):
    def application(environ, start_response):
        response = FileResponse(file)
        start_response("200 OK", list(response.items()))
        return response

    return application


def ask(*arguments, **options):
    """Status and body of the answer."""
    return exchange(*arguments, **options).answer


def exchange(application=tell, blocks=(), headers=(), kind=Protocol, **scope) -> Protocol:
    protocol = kind(blocks)
    gateway = Gateway(application, readers=1, writers=1, most_bytes=MOST)
    # In a thread of its own: where a browser is tested, a loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        answering = gateway(Scope(headers=Headers(headers), **scope), protocol)
        thread.submit(asyncio.run, answering).result()
    return protocol


def length(number):
    return [("content-length", str(number))]


CHUNKED = {"headers": [("transfer-encoding", "chunked")]}
WITHOUT_LENGTH = [CHUNKED, {"http_version": "2"}]


def test_body_with_a_length_is_received():
    assert ask(blocks=[b"a=", b"1"], headers=length(3)) == (200, b"3 a=1")


@pytest.mark.parametrize("how", WITHOUT_LENGTH)
@pytest.mark.parametrize(("blocks", "told"), [([b"a=1", b""], b"3 a=1"), ([b""], b"0 ")])
def test_body_without_a_length_is_received_and_measured(how, blocks, told):
    assert ask(blocks=blocks, **how) == (200, told)


@pytest.mark.parametrize("how", [{"headers": length(14)}, *WITHOUT_LENGTH])
def test_half_a_body_never_reaches_the_application(how):
    """A failure looks like an empty block, and then comes the end."""
    assert ask(blocks=[b"a=1", b"", b""], **how) == (400, b"Bad Request\n")


def test_body_with_a_length_may_have_empty_blocks():
    assert ask(blocks=[b"a=", b"", b"", b"1"], headers=length(3)) == (200, b"3 a=1")


def test_readers_do_not_wait_for_writers():
    """The one thread for what may write is taken until the reader has its answer."""
    was_read, is_writing = threading.Event(), threading.Event()

    def application(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            is_writing.set()
            was_read.wait(WAIT_SECONDS)
        return tell(environ, start_response)

    gateway = Gateway(application, readers=1, writers=1, most_bytes=MOST)

    def send(**scope):
        return asyncio.run(gateway(Scope(headers=Headers(length(0)), **scope), Protocol([])))

    with ThreadPoolExecutor(2) as threads:
        writing = threads.submit(send, method="POST")
        assert is_writing.wait(WAIT_SECONDS)
        threads.submit(send, method="GET").result(WAIT_SECONDS / 2)
        assert not writing.done()
        was_read.set()


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_body_of_a_request_that_should_have_none_is_not_read(method):
    assert ask(headers=length(3), method=method) == (200, b"3 ")


def test_request_without_a_body_waits_for_none():
    assert ask() == (200, b" ")


def test_body_that_says_it_is_too_large_is_not_read():
    assert ask(headers=length(MOST + 1)) == (200, b"101 ")


def test_body_that_turns_out_too_large_is_read_no_further():
    blocks = [b"a" * 60, b"a" * 60, b"never asked for"]

    status, text = ask(blocks=blocks, http_version="2")

    assert (status, text) == (200, b"120 " + b"a" * 120)


def test_rest_of_a_body_that_is_too_large_is_taken_and_forgotten():
    """Or a proxy that is still sending it sees a broken connection in place of the answer."""
    blocks = [b"a" * 60, b"a" * 60, b""]

    over = exchange(refuse, blocks, headers=length(MOST + 1))

    assert over.answer == (413, b"too large")
    assert list(over.incoming) == []


def test_visitor_who_sends_no_more_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(bodies, "SILENCE_SECONDS", 0)

    class Silent(Protocol):
        async def __anext__(self):
            await asyncio.Event().wait()

    assert exchange(refuse, headers=length(MOST + 1), kind=Silent).answer[0] == 413


def test_answer_to_head_has_no_body():
    assert ask(method="HEAD") == (200, b"")


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, LONG])
@pytest.mark.parametrize("has_name", [True, False])
def test_file_is_sent_whole(size, has_name, tmp_path):
    content = bytes(number % 251 for number in range(size))
    (tmp_path / "file").write_bytes(content)
    file = (tmp_path / "file").open("rb") if has_name else io.BytesIO(content)

    assert ask(send_file(file), method="GET") == (200, content)


def test_file_is_sent_from_where_it_was_left(tmp_path):
    (tmp_path / "file").write_bytes(b"a" * 1000 + b"b" * LONG)
    file = (tmp_path / "file").open("rb")
    file.seek(1000)

    assert ask(send_file(file), method="GET") == (200, b"b" * LONG)


def test_temporary_file_is_there_when_it_is_sent_and_gone_afterwards(monkeypatch):
    monkeypatch.setattr(gateway_application, "OPEN_SECONDS", 0)
    file = NamedTemporaryFile()  # noqa: SIM115 - the gateway closes it
    file.write(b"a" * LONG)
    file.seek(0)

    assert ask(send_file(file), method="GET") == (200, b"a" * LONG)
    assert file.closed


@pytest.mark.parametrize(
    ("name", "headers", "told"),
    [
        ("HTTP_X_FORWARDED_FOR", [("x_forwarded_for", "6.6.6.6")], b"nothing"),
        (
            "HTTP_X_FORWARDED_FOR",
            [("x-forwarded-for", "192.0.2.7"), ("x_forwarded_for", "6.6.6.6")],
            b"192.0.2.7",
        ),
        ("HTTP_X_FORWARDED_FOR", [("x-forwarded-for", "a"), ("x-forwarded-for", "b")], b"a,b"),
        ("HTTP_COOKIE", [("cookie", "a=1"), ("cookie", "b=2")], b"a=1; b=2"),
        ("CONTENT_TYPE", [("content-type", "text/plain")], b"text/plain"),
        ("HTTP_USER_AGENT", [("user-agent", None)], b"nothing"),
        ("HTTP_HOST", [("host", "a.example")], b"a.example"),
        ("HTTP_HOST", [("host", "a.example"), ("host", "b.example")], b"a.example,b.example"),
        ("HTTP_HOST", [("host", None)], b""),
        ("HTTP_HOST", [], b""),
    ],
)
def test_headers_are_told_as_they_came(name, headers, told):
    assert ask(echo(name), headers=headers) == (200, told)


@pytest.mark.parametrize("name", ["x-forwarded-for", "x-forwarded-proto"])
def test_what_a_proxy_says_cannot_be_hidden(name):
    """A visitor's odd byte in the header would hide what the proxy added to it."""
    assert ask(headers=[(name, None)]) == (400, b"Bad Request\n")


@pytest.mark.parametrize(("version", "told"), [("2", b"a.example"), ("1.1", b"b.example")])
def test_host_is_what_the_protocol_says(version, told):
    asked = ask(
        echo("HTTP_HOST"),
        method="GET",
        http_version=version,
        authority="a.example",
        headers=[("host", "b.example")],
    )

    assert asked == (200, told)


@pytest.mark.parametrize(
    ("path", "told"), [("/café/", "/cafÃ©/"), ("/a/b\0", "/a/b\0"), ("/\ufffd", "/ï¿½")]
)
def test_address_is_told_as_wsgi_has_it(path, told):
    assert ask(echo("PATH_INFO"), path=path) == (200, told.encode())


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("192.0.2.1:80", b"192.0.2.1"),
        ("[2001:db8::1]:80", b"2001:db8::1"),
        ("[fe80::1%2]:8", b"fe80::1"),
    ],
)
def test_client_is_told_without_its_port(client, told):
    assert ask(echo("REMOTE_ADDR"), client=client) == (200, told)
