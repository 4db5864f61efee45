"""Asking a WSGI application, as a server does for a visitor."""

import io
import sys
from collections.abc import Callable
from typing import NamedTuple


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Callable, address: str = "/", method: str = "GET", **headers) -> Answer:
    """`headers` are named as in Python (`accept_encoding="br"`), what else there is as in WSGI."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        environ[name if name.isupper() or "." in name else f"HTTP_{name.upper()}"] = value
    started = []
    response = application(
        environ, lambda status, said, exc_info=None: started.append((status, said))
    )
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    status, said = started[0]
    return Answer(int(status.split()[0]), dict(said), body)
