"""The client for other sites: where it never goes, and what it takes from where it does.

A server on this machine stands for the internet: the one place where the tests lie is the
operating system, which is told names, and led from public addresses to that server.
"""

import gzip
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from blogsite.outgoing import web

PUBLIC = "93.184.215.14"
REAL_LOOKUP = socket.getaddrinfo
REAL_CONNECT = socket.socket.connect


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        answer = self.server.answers.get(self.path, (200, {}, b"found"))
        if callable(answer):
            answer(self)
        else:
            self.say(*answer)

    do_POST = do_HEAD = do_GET

    def say(self, status, headers, body):
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def local():
    """A web server on this machine; `seen` are the requests that reached it."""
    with serving() as server:
        yield server


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.seen, server.answers, server.connections = [], {}, []
    server.port = server.server_address[1]
    server.handle_error = lambda *about: None  # who hangs up here is the one under test
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def names(monkeypatch):
    """Names and the addresses they have; a list of lists changes with every look-up."""
    known, asked = {}, []

    def look_up(host, port, *arguments, **options):
        if host not in known:
            return REAL_LOOKUP(host, port, *arguments, **options)
        asked.append(host)
        addresses = known[host]
        if isinstance(addresses[0], list):
            addresses = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return [row for each in addresses for row in REAL_LOOKUP(each, port, *arguments, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    known["asked"] = asked
    return known


@pytest.fixture
def internet(local, names, monkeypatch):
    """The local server at a public address, as blog.example and other.example."""
    names["blog.example"] = names["other.example"] = [PUBLIC]

    def connect(self, address):
        if address[0] == PUBLIC:
            local.connections.append(address)
            address = ("127.0.0.1", local.port)
        return REAL_CONNECT(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return local


HERE = [
    "127.0.0.1",
    "[::1]",
    "0.0.0.0",  # noqa: S104 - as an attacker writes it
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "[::]",
    "localhost",
    "LOCALHOST.",
    "１２７.0.0.1",
    "127。0。0。1",
]


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_never_asked(local, host):
    with pytest.raises((web.Refused, web.Failed)):
        web.request("GET", f"http://{host}:{local.port}/")

    assert local.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "64:ff9b:1::1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "::ffff:10.0.0.1",
        "100::1",
        "5f00::1",
    ],
)
def test_name_of_a_private_address_is_refused(names, address):
    names["blog.example"] = [address]

    with pytest.raises(web.Refused, match="not on the public internet"):
        web.request("GET", "http://blog.example/")


def test_name_with_one_private_address_among_its_own_is_refused(internet, names):
    names["mixed.example"] = [PUBLIC, "127.0.0.1"]

    with pytest.raises(web.Refused):
        web.request("GET", "http://mixed.example/")

    assert internet.connections == []


def test_name_that_changes_between_two_look_ups_is_looked_up_once(internet, names):
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]

    answer = web.request("GET", f"http://rebinding.example:{internet.port}/")

    assert answer.body == b"found"
    assert names["asked"] == ["rebinding.example"]
    assert internet.connections == [(PUBLIC, internet.port)]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://blog.example/",
        "ftp://blog.example/",
        "javascript:alert(1)",
        "//blog.example/",
        "blog.example",
        "",
        "http://",
        "http:///path",
        "http://blog.example:99999/",
        "http://blog.example:-1/",
        "http://blog.example\\@127.0.0.1/",
        "http://blog.example/\r\nHost: evil",
        "http://blog.example /",
        "http://[::1",
        "http://blog.exa%6Dple/",
        f"http://blog.example/{'x' * 3000}",
        f"http://{'a' * 64}ü.example/",
    ],
)
def test_what_is_no_web_address_is_refused(internet, url):
    with pytest.raises(web.Refused):
        web.request("GET", url)

    assert internet.connections == []


@pytest.mark.parametrize("url", ["http://me:secret@blog.example/", "http://me@blog.example/"])
def test_address_with_a_password_is_refused(internet, url):
    with pytest.raises(web.Refused, match="password"):
        web.request("GET", url)


@pytest.mark.parametrize("port", [0, 22, 25, 110, 445])
def test_ports_of_other_services_are_refused(internet, port):
    with pytest.raises(web.Refused, match="not for the web"):
        web.request("GET", f"http://blog.example:{port}/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_this_machine_is_not_followed(internet, status):
    target = f"http://127.0.0.1:{internet.port}/secret"
    internet.answers["/"] = (status, {"Location": target}, b"")

    with pytest.raises(web.Refused):
        web.request("GET", "http://blog.example/")

    assert [path for _, path, _, _ in internet.seen] == ["/"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://blog.example/", "http://[::1"])
def test_redirect_to_no_web_address_is_not_followed(internet, target):
    internet.answers["/"] = (302, {"Location": target}, b"")

    with pytest.raises(web.Refused):
        web.request("GET", "http://blog.example/")


def test_redirects_have_an_end(internet):
    internet.answers["/"] = (302, {"Location": "/"}, b"")

    with pytest.raises(web.Refused, match="redirects"):
        web.request("GET", "http://blog.example/")

    assert len(internet.seen) == 6


def test_redirect_keeps_secrets_from_other_sites(internet):
    internet.answers["/"] = (302, {"Location": "http://other.example/there"}, b"")

    answer = web.request(
        "POST",
        "http://blog.example/",
        fields={"a": "b"},
        headers={"Authorization": "Bearer secret", "Accept": "text/html"},
    )

    method, path, headers, body = internet.seen[-1]
    assert (method, path, body) == ("GET", "/there", b"")
    assert "Authorization" not in headers
    assert headers["Accept"] == "text/html"
    assert (answer.url, answer.status) == ("http://other.example/there", 200)


def test_form_is_sent_again_where_the_redirect_says_so(internet):
    internet.answers["/"] = (307, {"Location": "/there"}, b"")

    web.request("POST", "http://blog.example/", fields={"a": "b"})

    method, path, headers, body = internet.seen[-1]
    assert (method, path, body) == ("POST", "/there", b"a=b")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_request_says_who_asks_and_nothing_else(internet, monkeypatch, settings):
    settings.SITE_URL = "https://me.example"
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{internet.port}")

    answer = web.request("GET", "http://blog.example/ü?q=ß&a=%20", fields={"b": "c d"})

    assert answer.body == b"found"
    assert internet.connections == [(PUBLIC, 80)]
    method, path, headers, _ = internet.seen[0]
    assert (method, path) == ("GET", "/%C3%BC?q=%C3%9F&a=%20&b=c+d")
    assert headers == {
        "Host": "blog.example",
        "User-Agent": "Blogsite (+https://me.example)",
        "Accept-Encoding": "gzip, deflate",
    }


def test_cookies_are_not_kept(internet):
    internet.answers["/"] = (302, {"Location": "/next", "Set-Cookie": "a=b"}, b"")

    web.request("GET", "http://blog.example/")

    assert "Cookie" not in internet.seen[-1][2]


def test_status_and_headers_are_the_caller_s(internet):
    internet.answers["/"] = (503, {"Retry-After": "7"}, b"busy")

    answer = web.request("GET", "http://blog.example/")

    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "7", b"busy")


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
