"""What Django answers: in full, or the beginning of a file and the rest of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.http.response import HttpResponseBase

BLOCK = 64 * 1024  # bytes of a file that are read and sent at once


@dataclass
class Answer:
    """`rest` gives what comes after `content`, and is None where nothing does."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    @classmethod
    def of(cls, application: Callable, environ: dict) -> "Answer":
        """What the WSGI `application` says. Called in one of Django's threads."""
        started = []

        def start_response(status, headers, exc_info=None):
            started[:] = [int(status.split()[0]), headers]

        response = application(environ, start_response)
        blocks = _blocks(response)
        if environ["REQUEST_METHOD"] == "HEAD":  # it only measures what GET would get
            response.close()
            return cls(*started)
        if not response.streaming:
            content = b"".join(blocks)
            response.close()
            return cls(*started, content)
        first = next(blocks, b"")
        if dict(started[1]).get("Content-Length") == str(len(first)):
            response.close()
            return cls(*started, first)
        return cls(*started, first, blocks, response.close)

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

    def next_block(self) -> bytes:
        """What comes next; nothing at the end."""
        return next(self.rest, b"")


def _blocks(response: HttpResponseBase) -> Iterator[bytes]:
    """Of a file, larger ones than Django would read."""
    file = getattr(response, "file_to_stream", None)
    return iter(lambda: file.read(BLOCK), b"") if file else iter(response)
