"""Whole sites, prepared and served as an operator would: the demo, and one to do with as one likes."""

import fcntl
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

from blogsite.outgoing.tests.mailserver import Server, free_port
from blogsite.tests.faults.site import Site

START_SECONDS = 120  # the first start makes every rendition of every demo picture


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The address of a production server with the demo content, without a slash at its end."""
    folder = tmp_path_factory.mktemp("demo-site")
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": str(folder / "none"),
        "SECRET_KEY": os.environ["SECRET_KEY"],
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


# --- A site of a test's own -------------------------------------------------------


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Site:
    """A site that is never started; the others begin as copies of it, in all of xdist's workers."""
    folder = folder_of_all(tmp_path_factory) / "furnished"
    site = Site(folder / "var")
    folder.mkdir(exist_ok=True)
    with locked(folder / "lock", fcntl.LOCK_EX):
        if not (folder / "done").exists():
            site.prepare()
            (folder / "done").touch()
    return site


def folder_of_all(tmp_path_factory) -> Path:
    """The temporary folder that the workers of xdist share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def locked(path: Path, how: int):
    with path.open("a") as file:
        fcntl.flock(file, how)
        yield


@pytest.fixture(autouse=True)
def one_who_is_alone(request, tmp_path_factory):
    """Of the long tests, whoever is marked `alone` begins when all others are at rest."""
    if not request.node.get_closest_marker("faults"):
        yield
        return
    is_alone = request.node.get_closest_marker("alone")
    lock = folder_of_all(tmp_path_factory) / "alone.lock"
    with locked(lock, fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH):
        yield


@pytest.fixture
def mail_server():
    with Server() as server:
        yield server


@pytest.fixture
def site(furnished, mail_server, tmp_path):
    """A site of the test's own that sends its mail to `mail_server`; not started yet."""
    own = Site(tmp_path / "site", EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}")
    own.copy_of(furnished)
    yield own
    own.kill()
