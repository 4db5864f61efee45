"""What Django answers: in full, or the name of a file for the server to send."""

import os.path
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import _TemporaryFileWrapper
from typing import BinaryIO, NamedTuple

MOST_IN_MEMORY = 64 * 1024  # bytes of a file; a longer one waits on the disk for its reader


class Refused(Exception):
    """A request that Django is not asked to answer; `status` says why."""

    def __init__(self, status: HTTPStatus):
        super().__init__(status.phrase)
        self.status = status


class Part(NamedTuple):
    """The bytes of a file from `start` up to `end`, without that one."""

    path: str
    start: int
    end: int


@dataclass
class Answer:
    """`part` comes in place of `content`; `close` is for when the server has opened it."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes = b""
    part: Part | None = None
    close: Callable[[], None] | None = None

    @classmethod
    def of(cls, application: Callable, environ: dict) -> "Answer":
        """What the WSGI `application` says. Called in one of Django's threads."""
        started = []

        def start_response(status, headers, exc_info=None):
            started[:] = [int(status.split()[0]), headers]

        response = application(environ, start_response)
        close = getattr(response, "close", _nothing)  # WSGI asks for none of what needs none
        if environ["REQUEST_METHOD"] == "HEAD":  # it only measures what GET would get
            close()
            return cls(*started)
        file = getattr(response, "file_to_stream", None)
        part = file and _long_part(file, dict(started[1]))
        if not part:
            content = b"".join(response)
            close()
            return cls(*started, content)
        if isinstance(file, _TemporaryFileWrapper):  # it vanishes when it is closed
            return cls(*started, part=part, close=close)
        close()
        return cls(*started, part=part)

    @classmethod
    def refusal(cls, status: HTTPStatus) -> "Answer":
        text = f"{status.phrase}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(text))),
            ("Cache-Control", "no-store"),
        ]
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append(("Retry-After", "30"))
        return cls(status.value, headers, text)


def _nothing() -> None:
    pass


def _long_part(file: BinaryIO, headers: dict[str, str]) -> Part | None:
    """What of `file` is asked for, if that is long and the file has a name in a folder."""
    file = getattr(file, "fileobj", file)  # WhiteNoise wraps one of which a part is asked for
    name, length = getattr(file, "name", None), int(headers.get("Content-Length") or 0)
    if length <= MOST_IN_MEMORY or not isinstance(name, str) or not os.path.isabs(name):
        return None
    start = file.tell()
    return Part(name, start, start + length)
