"""Requests as the server hands them on, to an application that tells what it got."""

import asyncio
import io

import pytest
from django.http import FileResponse, HttpResponse

from blogsite.gateway.application import Gateway

MOST = 100  # bytes of a body
GONE = {"type": "http.disconnect"}


def tell(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    response = HttpResponse([environ.get("CONTENT_LENGTH", ""), " ", body])
    start_response("200 OK", list(response.items()))
    return response


def echo(name):
    """An application that answers what is in its environ under `name`."""

    def application(environ, start_response):
        start_response("200 OK", [])
        return HttpResponse(environ.get(name, "nothing"))

    return application


def send_file(content):
    def application(environ, start_response):
        response = FileResponse(io.BytesIO(content))
        start_response("200 OK", list(response.items()))
        return response

    return application


def blocks(*contents):
    """The messages of a body that comes in several pieces."""
    last = len(contents) - 1
    return [
        {"type": "http.request", "body": content, "more_body": number < last}
        for number, content in enumerate(contents)
    ]


def ask(application=tell, messages=(), headers=(), **scope):
    """Status and body of the answer."""
    incoming, sent = iter(messages), []

    async def receive():
        return next(incoming)

    async def send(message):
        sent.append(message)

    request = {
        "method": "POST",
        "http_version": "1.1",
        "scheme": "http",
        "raw_path": b"/",
        "query_string": b"",
        "client": ("192.0.2.1", 1234),
        "server": ("127.0.0.1", 8000),
        "headers": headers,
    }
    gateway = Gateway(application, threads=1, most_bytes=MOST)
    asyncio.run(gateway(request | scope, receive, send))
    assert not sent[-1]["more_body"]
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


def length(number):
    return [(b"content-length", str(number).encode())]


def test_body_with_a_length_is_received():
    assert ask(messages=blocks(b"a=", b"1"), headers=length(3)) == (200, b"3 a=1")


@pytest.mark.parametrize(
    "how", [{"headers": [(b"transfer-encoding", b"chunked")]}, {"http_version": "2"}]
)
def test_body_without_a_length_is_received_and_measured(how):
    assert ask(messages=blocks(b"a=1", b""), **how) == (200, b"3 a=1")


def test_half_a_body_never_reaches_the_application():
    messages = [*blocks(b"a=1", b"never comes")[:1], GONE]

    assert ask(messages=messages, headers=length(14)) == (400, b"Bad Request\n")


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_body_of_a_request_that_should_have_none_is_not_read(method):
    assert ask(headers=length(3), method=method) == (200, b"3 ")


def test_request_without_a_body_waits_for_none():
    assert ask() == (200, b" ")


def test_body_that_says_it_is_too_large_is_not_read():
    assert ask(headers=length(MOST + 1)) == (200, b"101 ")


def test_body_that_turns_out_too_large_is_read_no_further():
    messages = [*blocks(b"a" * 60, b"a" * 60, b"never asked for")[:2]]

    status, text = ask(messages=messages, http_version="2")

    assert (status, text) == (200, b"120 " + b"a" * 120)


def test_answer_to_head_has_no_body():
    assert ask(method="HEAD") == (200, b"")


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 200 * 1024])
def test_file_is_sent_whole(size):
    content = bytes(number % 251 for number in range(size))

    assert ask(send_file(content), method="GET") == (200, content)


@pytest.mark.parametrize(
    ("name", "headers", "told"),
    [
        ("HTTP_X_FORWARDED_FOR", [(b"x_forwarded_for", b"6.6.6.6")], b"nothing"),
        (
            "HTTP_X_FORWARDED_FOR",
            [(b"x-forwarded-for", b"192.0.2.7"), (b"x_forwarded_for", b"6.6.6.6")],
            b"192.0.2.7",
        ),
        ("HTTP_X_FORWARDED_FOR", [(b"x-forwarded-for", b"a"), (b"x-forwarded-for", b"b")], b"a,b"),
        ("HTTP_COOKIE", [(b"cookie", b"a=1"), (b"cookie", b"b=2")], b"a=1; b=2"),
        ("CONTENT_TYPE", [(b"content-type", b"text/plain")], b"text/plain"),
    ],
)
def test_headers_are_told_as_they_came(name, headers, told):
    assert ask(echo(name), headers=headers) == (200, told)


@pytest.mark.parametrize(
    ("raw", "told"), [(b"/caf%C3%A9/", "/cafÃ©/"), (b"/a%2Fb%00", "/a/b\0"), (b"/%ff", "/ÿ")]
)
def test_address_is_told_as_wsgi_has_it(raw, told):
    assert ask(echo("PATH_INFO"), raw_path=raw) == (200, told.encode())
