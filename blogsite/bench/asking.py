"""One connection that stays open, one request at a time, with as little of its own as possible.

A library's client takes half a millisecond a request, which is ten times what a kept page takes.
"""

import socket
import time
from typing import NamedTuple

from blogsite.bench.programs import Failed

PATIENCE = 120  # seconds for one answer
REST = 5  # seconds after which a connection is made anew: servers end those that rest for long


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float  # from the first byte sent to the last one received


class Connection:
    """A connection to a server at `port` of this machine."""

    def __init__(self, port: int):
        self.port = port
        self._open()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.socket.close()

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for `path`; `headers` are named with underscores."""
        return self.ask(method, path, b"", headers)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        said = {"Host": f"127.0.0.1:{self.port}"} | headers
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in said.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        request = "\r\n".join([*lines, "", ""]).encode() + body
        if time.monotonic() > self.used_at + REST:
            self.socket.close()
            self._open()
        began = time.perf_counter()
        self.socket.sendall(request)
        head, rest = self._head()
        status, received = read_head(head)
        if method != "HEAD" and status not in {204, 304}:
            rest = self._body(rest, received)
        seconds = time.perf_counter() - began
        self.used_at = time.monotonic()
        return Answer(status, received, rest, seconds)

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.used_at = time.monotonic()

    def _head(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _empty, rest = data.partition(b"\r\n\r\n")
        return head, rest

    def _body(self, rest: bytes, headers: dict[str, str]) -> bytes:
        if "content-length" not in headers:
            raise Failed("An answer did not say how long it is.")
        parts, left = [rest], int(headers["content-length"]) - len(rest)
        while left > 0:
            parts.append(self._more())
            left -= len(parts[-1])
        return b"".join(parts)

    def _more(self) -> bytes:
        data = self.socket.recv(256 * 1024)
        if not data:
            raise Failed("A server closed a connection in the middle of an answer.")
        return data


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """The status and the headers, by their names in lower case."""
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _c, value in pairs}


def expect(answer: Answer, status: int, what: str) -> Answer:
    """`answer`; raises Failed if it has another status than `status`."""
    if answer.status != status:
        raise Failed(f"{what} was answered with {answer.status} in place of {status}.")
    return answer
