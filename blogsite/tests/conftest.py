"""The demo site, prepared and served as an operator would, for the tests of whole pages."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

START_SECONDS = 120  # the first start makes every rendition of every demo picture


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The address of a production server with the demo content, without a slash at its end."""
    folder = tmp_path_factory.mktemp("demo-site")
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": str(folder / "none"),
        "SECRET_KEY": "only-for-this-server",
        "VAR_DIR": str(folder / "var"),
        "PORT": str(port),
    }
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--prepare"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server, folder / "log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, server, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urlopen(address)  # noqa: S310 - our own server on loopback
            return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"The demo site did not start:\n{log.read_text()}", pytrace=False)
