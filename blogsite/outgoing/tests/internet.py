"""An internet for the tests of the client for other sites.

A server on this machine stands for all of it: the one place where the tests lie is the operating
system, which is told names, and led from a public address to that server.
"""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

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
