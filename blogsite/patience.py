"""Waiting for slow visitors without keeping anybody else waiting.

The server gives each request a thread of its own from the moment its headers are in. Django must
not run in all of them: each would hold a connection to the database. So Django has few threads
of its own, and only a request that has arrived in full takes one, for as long as it takes to
make the answer. Receiving the one and sending the other waits outside of them.
"""

import io
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

# Nobody sends a short form for longer than this, and a long one must keep the pace of a bad
# mobile connection. Whoever sends a byte now and then only wants to hold a place.
GRACE_SECONDS = 20
LEAST_PACE = 8 * 1024  # bytes a second, beyond that grace
BLOCK = 16 * 1024  # bytes read at once; the server waits until so many are there
MOST_IN_MEMORY = 2**20  # bytes of one body; the rest of it lies in a temporary file
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}


class NotReceived(Exception):
    """A body that did not arrive; `status` says why."""

    def __init__(self, status: HTTPStatus):
        super().__init__(status.phrase)
        self.status = status


class Patient:
    """A WSGI application that runs another one in `threads` threads."""

    def __init__(self, application: Callable, threads: int, most_bytes: int):
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.most_bytes = most_bytes

    def __call__(self, environ, start_response):
        try:
            body = received(environ, self.most_bytes)
        except NotReceived as reason:
            return _refuse(reason.status, start_response)
        return self.threads.submit(self._answer, environ | body, start_response).result()

    def _answer(self, environ, start_response):
        response = self.application(environ, start_response)
        if getattr(response, "streaming", True):
            return response  # a file: read piece by piece, as fast as its reader takes it
        try:
            return [b"".join(response)]
        finally:
            response.close()


def received(environ: dict, most_bytes: int) -> dict:
    """What `environ` says of the body, once that has arrived: `wsgi.input` and its length.

    A body over `most_bytes` is not received. Its length is told all the same, for Django to
    refuse. Raises NotReceived.
    """
    declared = _declared_length(environ)
    if environ["REQUEST_METHOD"] in WITHOUT_BODY or declared == 0 or (declared or 0) > most_bytes:
        return {"wsgi.input": io.BytesIO()}
    delivery = Delivery(environ["wsgi.input"], most_bytes)
    length = delivery.wait()
    if declared is not None and length != declared:
        raise NotReceived(HTTPStatus.BAD_REQUEST)  # half a form is no form
    return {"wsgi.input": delivery.file, "CONTENT_LENGTH": str(length)}


def _declared_length(environ: dict) -> int | None:
    """Bytes of the body, or None where it comes without a length."""
    text = environ.get("CONTENT_LENGTH", "")
    if text.isascii() and text.isdecimal():
        return int(text)
    # Only HTTP/2 and chunks do without a length.
    has_none = environ["SERVER_PROTOCOL"].startswith("HTTP/1") and (
        "HTTP_TRANSFER_ENCODING" not in environ
    )
    return 0 if has_none else None


class Delivery:
    """A body on its way into `file`.

    The server's own reading cannot be told to stop, so it waits in a thread of its own. That ends
    soon after an answer was given without it: then the server closes the connection.
    """

    def __init__(self, source: BinaryIO, most_bytes: int):
        self.source = source
        self.most_bytes = most_bytes
        self.file = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 - closed with the request
        self.length = 0
        self.error = None
        self.ended = threading.Event()
        self.began = time.monotonic()
        threading.Thread(target=self._run, daemon=True).start()

    def wait(self) -> int:
        """The number of bytes, once all are there, or one more than are allowed."""
        while not self.ended.wait(self._seconds_left()):
            if self._seconds_left() <= 0:
                raise NotReceived(HTTPStatus.REQUEST_TIMEOUT)
        if self.error:
            # The disk is full, as far as we know. Waiting may help.
            raise NotReceived(HTTPStatus.SERVICE_UNAVAILABLE) from self.error
        self.file.seek(0)
        return self.length

    def _seconds_left(self) -> float:
        until = self.began + GRACE_SECONDS + self.length / LEAST_PACE
        return max(0, until - time.monotonic())

    def _run(self) -> None:
        try:
            while block := self.source.read(min(BLOCK, self.most_bytes + 1 - self.length)):
                self.file.write(block)
                self.length += len(block)
        except OSError as error:
            self.error = error
        finally:
            self.ended.set()


def _refuse(status: HTTPStatus, start_response: Callable) -> list[bytes]:
    text = f"{status.phrase}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(text))),
        ("Cache-Control", "no-store"),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "30"))
    start_response(f"{status.value} {status.phrase}", headers)
    return [text]
