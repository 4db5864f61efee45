"""Port 80: whoever asks over plain http is sent to the same address of the https site.

A server as small as its task. It answers one request for each connection, reads nothing beyond
the headers, and waits for nobody.
"""

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from http import HTTPStatus

HEADER_BYTES = 16 * 1024
SECONDS = 10  # for one connection, from its first byte to its last
CONNECTIONS = 500  # at once; the system holds a few more, and then they wait
REQUEST_LINE = re.compile(rb"(?P<method>[A-Z]{1,20}) (?P<path>/[!-~]*) HTTP/1\.[01]")
log = logging.getLogger(__name__)


def redirect_in_background(host: str, port: int, site_url: str, is_allowed: Callable) -> None:
    """Listen at `host`:`port` in a thread of its own, for as long as this process lives.

    `is_allowed` tells of a Host header, without a port, whether it is one of the site's names.
    Raises OSError where it cannot listen.
    """
    redirection = Redirection(site_url, is_allowed)
    started = threading.Event()
    problems = []

    async def run():
        try:
            server = await asyncio.start_server(
                redirection.answer, host, port, limit=HEADER_BYTES, reuse_address=True
            )
        except OSError as error:
            problems.append(error)
            return
        finally:
            started.set()
        async with server:
            await server.serve_forever()

    threading.Thread(target=asyncio.run, args=[run()], daemon=True).start()
    started.wait()
    if problems:
        raise problems[0]


class Redirection:
    def __init__(self, site_url: str, is_allowed: Callable[[str], bool]):
        self.site_url = site_url
        self.is_allowed = is_allowed
        self.places = asyncio.Semaphore(CONNECTIONS)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with self.places:
            try:
                async with asyncio.timeout(SECONDS):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(self.answer_to(head))
                    await writer.drain()
            except (TimeoutError, OSError, EOFError, asyncio.LimitOverrunError):
                pass  # slow, gone, or no browser: they are owed nothing
            finally:
                writer.transport.abort() if writer.is_closing() else writer.close()

    def answer_to(self, head: bytes) -> bytes:
        """The whole answer to a request with these headers."""
        line, *headers = head.split(b"\r\n")
        request = REQUEST_LINE.fullmatch(line)
        hosts = [each[5:].strip() for each in headers if each[:5].lower() == b"host:"]
        if not request or len(hosts) != 1 or not self.is_allowed(_without_port(hosts[0])):
            return _written(HTTPStatus.BAD_REQUEST)
        is_form = request["method"] not in {b"GET", b"HEAD"}
        status = HTTPStatus.PERMANENT_REDIRECT if is_form else HTTPStatus.MOVED_PERMANENTLY
        return _written(status, f"Location: {self.site_url}{request['path'].decode()}\r\n")


def _without_port(host: bytes) -> str:
    return re.sub(r":[0-9]*$", "", host.decode("latin-1"))


def _written(status: HTTPStatus, more: str = "") -> bytes:
    return (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n{more}"
        "Content-Length: 0\r\nConnection: close\r\n\r\n"
    ).encode()
