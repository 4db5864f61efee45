"""Sites under fire, and the mail servers that they use."""

import pytest

from blogsite.outgoing.tests.mailserver import Server
from blogsite.tests.faults.site import Site


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> Site:
    """A site that is never started; the others begin as copies of it."""
    site = Site(tmp_path_factory.mktemp("furnished") / "var")
    site.prepare()
    return site


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
