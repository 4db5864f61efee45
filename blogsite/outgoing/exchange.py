"""One request to one checked destination, and its answer within limits."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from blogsite.outgoing.connections import connection_to
from blogsite.outgoing.destinations import Destination, Failed, TooLarge

CHUNK = 2**14


@dataclass
class Asked:
    method: str
    headers: dict[str, str]
    body: bytes | None


@dataclass(frozen=True)
class Answer:
    """What a site said; `headers` ignore the case of their names."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str  # where it was found, after redirects


def exchange(place: Destination, asked: Asked, end: float, max_bytes: int) -> Answer:
    """Ask, before `end`, a moment of `time.monotonic()`. Raises Refused or Failed."""
    connection = connection_to(place, end)
    try:
        connection.request(
            asked.method,
            place.path,
            body=asked.body,
            headers=headers_for(asked),
            preload_content=False,
        )
        with connection.getresponse() as response:
            body = read(response, max_bytes)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise Failed(f"{place.host} does not answer: {reason(error, end)}") from error
    finally:
        connection.finish()
    # A body without a length looks whole when its connection is cut.
    if time.monotonic() >= end:
        raise Failed(f"{place.host} takes too long")
    return Answer(response.status, response.headers, body, place.url)


def headers_for(asked: Asked) -> dict[str, str]:
    ours = {
        "User-Agent": f"Blogsite (+{settings.SITE_URL})",
        # What the standard library can unpack; a chunk at a time, so a bomb stays small.
        "Accept-Encoding": "gzip, deflate",
    }
    return ours | asked.headers


def read(response: HTTPResponse, max_bytes: int) -> bytes:
    """The body, unpacked. Raises TooLarge as soon as it is larger than it may be."""
    chunks, size = [], 0
    while chunk := response.read(CHUNK, decode_content=True):
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(f"The answer is larger than {max_bytes} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def reason(error: Exception, end: float) -> str:
    return "it takes too long" if time.monotonic() >= end else str(error)
