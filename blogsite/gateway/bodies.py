"""Receiving the body of a request, from visitors as slow as they like but no slower."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import cached_property
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from blogsite.gateway.answers import Refused

# Nobody sends a short form for longer than this, and a long one must keep the pace of a bad
# mobile connection. Whoever sends a byte now and then only wants to hold a place.
GRACE_SECONDS = 20
LEAST_PACE = 8 * 1024  # bytes a second, beyond that grace
MOST_IN_MEMORY = 2**20  # bytes of one body; a longer one lies in a temporary file
# Who is told that a body is too large may still be sending it, and a proxy that cannot go on sending
# takes the site for broken and does not look for the answer.
DISCARD_SECONDS = 30  # of what is still sent after the answer
SILENCE_SECONDS = 5  # without a byte of it
WITHOUT_BODY = {"GET", "HEAD", "OPTIONS", "TRACE"}


class Incoming:
    """A body on its way. The server hands it out once, and one may read on where one stopped."""

    def __init__(self, protocol):
        self.protocol = protocol

    @cached_property
    def blocks(self) -> AsyncIterator[bytes]:
        return aiter(self.protocol)


async def received(environ: dict, incoming: Incoming, most_bytes: int) -> dict:
    """What `environ` is to say of the body, once that has arrived: `wsgi.input` and its length.

    A body over `most_bytes` is not received. Its length is told all the same, for Django to
    refuse. Raises Refused.
    """
    declared = _declared_length(environ)
    if environ["REQUEST_METHOD"] in WITHOUT_BODY or declared == 0 or (declared or 0) > most_bytes:
        return {"wsgi.input": io.BytesIO()}
    file = SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 - the gateway closes it
    try:
        length = await _fill(file, incoming, declared, most_bytes)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return {"wsgi.input": file, "CONTENT_LENGTH": str(length)}


async def discard(incoming: Incoming) -> None:
    """Let the rest of a body come in, and keep nothing of it."""
    with suppress(TimeoutError, StopAsyncIteration):
        async with asyncio.timeout(DISCARD_SECONDS):
            while True:
                await asyncio.wait_for(anext(incoming.blocks), SILENCE_SECONDS)


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


async def _fill(file: BinaryIO, incoming: Incoming, declared: int | None, most_bytes: int) -> int:
    """The number of bytes that came: all of them, or some more than `most_bytes`."""
    began = asyncio.get_running_loop().time()
    length = empty_blocks = 0
    while length != declared and length <= most_bytes:
        try:
            async with asyncio.timeout_at(began + GRACE_SECONDS + length / LEAST_PACE):
                block = await anext(incoming.blocks)
        except TimeoutError as error:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from error
        except StopAsyncIteration:
            # The end of a body is an empty block, and so is a failure on the way; after that one
            # comes the end. Half a form is no form, so without a length there must be one alone.
            if declared is None and empty_blocks == 1:
                break
            raise Refused(HTTPStatus.BAD_REQUEST) from None
        try:
            length += file.write(block)
        except OSError as error:
            # The disk is full, as far as we know. Waiting may help.
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE) from error
        empty_blocks += not block
    return length
