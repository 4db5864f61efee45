"""Start the site with `make run` in a fresh clone, twice, as its first user would.

python .ci/smoke.py FOLDER_FOR_THE_CLONE
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

FIRST_START_SECONDS = 300  # it downloads and installs the packages
SECOND_START_SECONDS = 5  # the promise of the README
ADMINISTRATOR = re.compile(r"^Administrator: \S+@\S+  password: \S+$", re.MULTILINE)


def main(clone: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", Path.cwd(), clone], check=True)
    port = free_port()

    first, seconds = start(clone, port, FIRST_START_SECONDS)
    print(f"First start: {seconds:.1f} s")
    assert len(ADMINISTRATOR.findall(first)) == 1, f"no administrator in: {first}"
    assert (clone / ".env").stat().st_mode & 0o777 == 0o600, ".env is not private"

    second, seconds = start(clone, port, SECOND_START_SECONDS)
    print(f"Second start: {seconds:.1f} s")
    assert not ADMINISTRATOR.search(second), f"a second administrator in: {second}"


def start(clone: Path, port: int, patience: float) -> tuple[str, float]:
    """What `make run` printed until it served, and the seconds that took; stops it again."""
    environ = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    began = time.monotonic()
    site = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=environ | {"PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    output = ""
    try:
        for line in site.stdout:
            output += line
            if line == f"Serving http://127.0.0.1:{port}/\n":
                break
        seconds = time.monotonic() - began
        assert seconds < patience, f"took {seconds:.1f} s"
        look_around(port)
    finally:
        os.killpg(site.pid, signal.SIGINT)  # as Ctrl-C does
        site.wait(timeout=30)
    assert_all_gone(site.pid, port)
    return output, seconds


def look_around(port: int) -> None:
    """The front page, and a stylesheet it names, packed."""
    status, headers, body = get(port, "/")
    assert status == 200, f"front page: {status}"
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', body.decode())
    assert stylesheet, "no stylesheet on the front page"

    status, headers, body = get(port, stylesheet[1])
    assert status == 200, f"{stylesheet[1]}: {status}"
    assert headers["Content-Encoding"] in {"br", "gzip"}, dict(headers)
    assert "immutable" in headers["Cache-Control"], dict(headers)


def get(port: int, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept-Encoding": "br" if "/static/" in path else ""})
    response = connection.getresponse()
    return response.status, response.headers, response.read()


def assert_all_gone(group: int, port: int) -> None:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        pass
    else:
        raise AssertionError("Ctrl-C left a process behind")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
