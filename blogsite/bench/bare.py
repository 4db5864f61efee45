"""The least that our server can run: a WSGI application that returns the bytes of one file.

    python -m blogsite.bench.bare PORT FILE [HEADERS]

HEADERS names a file of JSON with the headers to send; without it, type and length alone.
"""

import json
import sys
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels


def application_of(content: bytes, headers: list[tuple[str, str]]):
    def application(_environ, start_response):
        start_response("200 OK", headers)
        return [content]

    return application


def main(port: str, file: str, headers: str = "") -> None:
    content = Path(file).read_bytes()
    said = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content)))]
    if headers:
        said = [tuple(pair) for pair in json.loads(Path(headers).read_text())]
    # One thread is the fastest here: the application waits for nothing.
    server = Granian(
        "bare",
        port=int(port),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        blocking_threads=1,
        backpressure=2048,
        log_level=LogLevels.error,
    )
    server.serve(target_loader=lambda: application_of(content, said), wrap_loader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
