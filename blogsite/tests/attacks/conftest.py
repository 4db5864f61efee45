import socket

import pytest

from blogsite.tests.attacks.world import make_world
from blogsite.tests.faults.site import PATIENCE, Site


@pytest.fixture
def world(db):
    return make_world()


class Served(Site):
    """A site of its own, spoken to byte by byte."""

    def say(self, head: str, body: bytes = b"", more: str = "Connection: close") -> str:
        """The whole answer to a request of these very bytes; empty where the server hangs up."""
        message = head.encode() + f"\r\n{more}\r\n\r\n".encode() + body
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            received = b""
            try:
                connection.sendall(message)
                while piece := connection.recv(65536):
                    received += piece
            except (ConnectionError, TimeoutError):
                pass
        return received.decode("utf-8", "replace")


@pytest.fixture(scope="session")
def served(furnished, tmp_path_factory):
    """A production server that all of these tests share; they leave nothing behind in it."""
    site = Served(tmp_path_factory.mktemp("attacked") / "var")
    site.copy_of(furnished)
    site.start()
    yield site
    site.kill()
