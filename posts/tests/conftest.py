"""The desk of an editor, for the tests of the admin."""

import pytest

from blogsite.outgoing.tests.internet import internet, local, names  # noqa: F401 - fixtures
from posts.tests.factories import make_user


@pytest.fixture
def editor():
    return make_user(email="editor@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client
