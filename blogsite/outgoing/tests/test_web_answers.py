"""The client for other sites: what it takes from them, and what it does not."""

import gzip
import socket
import ssl
import subprocess
import time

import pytest

from blogsite.outgoing import web
from blogsite.outgoing.tests.internet import PUBLIC


def test_answer_that_is_too_large_is_refused(internet):
    internet.answers["/"] = (200, {}, b"x" * 1001)

    with pytest.raises(web.Refused, match="larger"):
        web.request("GET", "http://blog.example/", max_bytes=1000)
    internet.answers["/"] = (200, {}, b"x" * 1000)
    assert len(web.request("GET", "http://blog.example/", max_bytes=1000).body) == 1000


def test_answer_that_grows_when_unpacked_is_refused(internet):
    bomb = gzip.compress(bytes(50_000_000))
    internet.answers["/"] = (200, {"Content-Encoding": "gzip"}, bomb)

    with pytest.raises(web.Refused, match="larger"):
        web.request("GET", "http://blog.example/", max_bytes=100_000)


def test_packed_answer_is_unpacked(internet):
    internet.answers["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"words"))

    assert web.request("GET", "http://blog.example/").body == b"words"


def endless_body(handler):
    handler.send_response(200)
    handler.end_headers()
    drip(handler)


def endless_head(handler):
    handler.send_response(200)
    handler.flush_headers()
    handler.wfile.write(b"X-Slow: ")
    drip(handler)


def silence(handler):
    time.sleep(60)


def drip(handler):
    try:
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize("behaviour", [endless_body, endless_head, silence])
def test_answer_that_never_ends_is_cut(internet, behaviour):
    internet.answers["/"] = behaviour

    with pytest.raises(web.Failed, match="too long"):
        web.request("GET", "http://blog.example/", timeout=0.5)


def test_site_that_is_down_is_a_failure(names, monkeypatch):
    names["blog.example"] = [PUBLIC]

    def refuse(self, address):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    with pytest.raises(web.Failed, match="Connection refused"):
        web.request("GET", "http://blog.example/")


def test_name_that_nobody_has_is_a_failure():
    with pytest.raises(web.Failed, match="not known"):
        web.request("GET", "http://nobody.invalid/")


def test_answer_that_is_no_http_is_a_failure(internet):
    internet.answers["/"] = lambda handler: handler.wfile.write(b"SSH-2.0\r\n\r\n")

    with pytest.raises(web.Failed):
        web.request("GET", "http://blog.example/")


# --- Encrypted ----------------------------------------------------------------


@pytest.fixture
def certified(internet, tmp_path, monkeypatch):
    """The internet over TLS, with a certificate for blog.example that this machine trusts."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=blog.example", "-addext", "subjectAltName=DNS:blog.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*command, *names, *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("Needs the program openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    internet.socket = context.wrap_socket(internet.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return internet


def test_certificate_is_for_the_name_and_not_for_the_address(certified):
    answer = web.request("GET", "https://blog.example/")

    assert answer.body == b"found"
    assert certified.connections == [(PUBLIC, 443)]


def test_certificate_of_another_name_is_a_failure(certified):
    with pytest.raises(web.Failed, match=r"[Cc]ertificate"):
        web.request("GET", "https://other.example/")

    assert certified.seen == []


def test_certificate_that_nobody_vouches_for_is_a_failure(certified, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(web.Failed, match=r"[Cc]ertificate"):
        web.request("GET", "https://blog.example/")


def test_encrypted_answer_that_never_ends_is_cut(certified):
    certified.answers["/"] = endless_head

    with pytest.raises(web.Failed, match="too long"):
        web.request("GET", "https://blog.example/", timeout=1)
