"""Bodies as the server hands them on, to an application that tells what it got."""

import io

import pytest

from blogsite.patience import Patient

MOST = 100  # bytes


def echo(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [])
    return [environ.get("CONTENT_LENGTH", "").encode(), b" ", body]


def ask(body=b"", method="POST", protocol="HTTP/1.1", **headers):
    """Status and body of the answer."""
    statuses = []
    environ = {
        "REQUEST_METHOD": method,
        "SERVER_PROTOCOL": protocol,
        "wsgi.input": io.BytesIO(body),
        **headers,
    }
    answer = Patient(echo, threads=1, most_bytes=MOST)(
        environ, lambda status, headers: statuses.append(status)
    )
    return statuses, b"".join(answer)


def test_body_with_a_length_is_received():
    assert ask(b"a=1", CONTENT_LENGTH="3") == (["200 OK"], b"3 a=1")


@pytest.mark.parametrize("headers", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"protocol": "HTTP/2"}])
def test_body_without_a_length_is_received_and_measured(headers):
    assert ask(b"a=1", **headers) == (["200 OK"], b"3 a=1")


def test_half_a_body_never_reaches_the_application():
    assert ask(b"a=1", CONTENT_LENGTH="10") == (["400 Bad Request"], b"Bad Request\n")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_body_of_a_request_that_has_none_is_not_read(method):
    assert ask(b"a=1", method=method, CONTENT_LENGTH="3") == (["200 OK"], b"3 ")


def test_body_that_says_it_is_too_large_is_not_read():
    assert ask(b"a" * 101, CONTENT_LENGTH="101") == (["200 OK"], b"101 ")


def test_body_that_turns_out_too_large_is_read_no_further():
    answer = ask(b"a" * 1000, HTTP_TRANSFER_ENCODING="chunked")

    assert answer == (["200 OK"], b"101 " + b"a" * 101)


def test_disk_that_is_full_is_told_to_the_visitor():
    class Full(io.BytesIO):
        def read(self, size):
            raise OSError("No space left on device")

    statuses, text = ask_with(Full())

    assert (statuses, text) == (["503 Service Unavailable"], b"Service Unavailable\n")


def ask_with(source):
    return ask(CONTENT_LENGTH="3", **{"wsgi.input": source})
