"""A request as WSGI describes it, from what RSGI tells.

RSGI shows no header with bytes beyond ASCII and decodes the address before anybody can see it;
docs/decisions/0008 says what that means.
"""

import io
import sys
from http import HTTPStatus

from blogsite.gateway.answers import Refused

PROTOCOLS = {"1": "HTTP/1.0", "1.1": "HTTP/1.1", "2": "HTTP/2"}
UNPREFIXED = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}
# Proxies add to what a visitor wrote there. One byte beyond ASCII would hide all of it.
NEVER_HIDDEN = ["x-forwarded-for", "x-forwarded-proto"]


def environ_of(scope) -> dict:
    """Without the body. Nothing of this process's own environment is in it. Raises Refused."""
    server, port = address_of(scope.server)
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": as_wsgi(scope.path),
        "QUERY_STRING": as_wsgi(scope.query_string),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": PROTOCOLS.get(scope.http_version, "HTTP/1.1"),
        "REMOTE_ADDR": address_of(scope.client)[0],
        "HTTP_HOST": "",  # without it Django would take the name of the server
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ |= _headers(scope.headers)
    if scope.http_version == "2" and scope.authority:
        environ["HTTP_HOST"] = scope.authority  # which stands in place of a Host there
    return environ


def _headers(headers) -> dict[str, str]:
    found = {}
    for raw_name, text in headers.items():
        if "_" in raw_name:
            continue  # X_Forwarded_For would pass for the X-Forwarded-For that a proxy has written
        name = f"HTTP_{raw_name.upper().replace('-', '_')}"
        name = UNPREFIXED.get(name, name)
        # HTTP/2 may bring each cookie by itself.
        between = "; " if name == "HTTP_COOKIE" else ","
        found[name] = f"{found[name]}{between}{text}" if name in found else text
    for raw_name in NEVER_HIDDEN:
        if raw_name in headers and f"HTTP_{raw_name.upper().replace('-', '_')}" not in found:
            raise Refused(HTTPStatus.BAD_REQUEST)
    return found


def address_of(text: str) -> tuple[str, str]:
    """Host and port of `192.0.2.1:80` or `[2001:db8::1]:80`."""
    host, _, port = text.rpartition(":")
    return host.strip("[]").partition("%")[0], port


def as_wsgi(text: str) -> str:
    """Bytes that pretend to be text, as WSGI wants them."""
    return text if text.isascii() else text.encode().decode("latin-1")
