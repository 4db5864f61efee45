"""A request as WSGI describes it, from what ASGI tells."""

import io
import sys
from urllib.parse import unquote_to_bytes

PROTOCOLS = {"1.0": "HTTP/1.0", "1.1": "HTTP/1.1", "2": "HTTP/2"}
UNPREFIXED = {"HTTP_CONTENT_TYPE": "CONTENT_TYPE", "HTTP_CONTENT_LENGTH": "CONTENT_LENGTH"}


def environ_of(scope: dict) -> dict:
    """Without the body. Nothing of this process's own environment is in it."""
    server, port = scope["server"]
    return _headers(scope["headers"]) | {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": PROTOCOLS.get(scope["http_version"], "HTTP/1.1"),
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found = {}
    for raw_name, raw_text in pairs:
        if b"_" in raw_name:
            continue  # X_Forwarded_For would pass for the X-Forwarded-For that a proxy has written
        name = f"HTTP_{raw_name.decode('latin-1').upper().replace('-', '_')}"
        name, text = UNPREFIXED.get(name, name), raw_text.decode("latin-1")
        # HTTP/2 may bring each cookie by itself.
        between = "; " if name == "HTTP_COOKIE" else ","
        found[name] = f"{found[name]}{between}{text}" if name in found else text
    return found
