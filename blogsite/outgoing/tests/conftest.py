"""What the tests of this room share."""

import pytest

from blogsite.outgoing.tests import samples
from blogsite.outgoing.tests.internet import internet, local, names  # noqa: F401 - fixtures
from blogsite.outgoing.tests.mailserver import Server, use


@pytest.fixture
def mail_folder(settings, tmp_path):
    """Where mail goes without a mail server; not there before the first."""
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture(autouse=True)
def forget_done():
    samples.done.clear()


@pytest.fixture
def mail_server(settings):
    """A mail server that takes everything, and the site using it."""
    with Server() as server:
        use(settings, server)
        yield server
