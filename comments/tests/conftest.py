"""Who writes in the tests of writing: a member, and a guest whose comment waits."""

import pytest
from django.test import Client

from comments.models import Comment
from comments.tests.writing import send
from posts.tests.factories import make_post, make_user


@pytest.fixture
def member():
    """Somebody with an account and no rights."""
    return make_user(display_name="Mel", email="mel@example.org")


@pytest.fixture
def strict(member):
    """A browser that Django's token check applies to, signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    return client


@pytest.fixture
def mine(client) -> Comment:
    """A comment that `client` wrote as a guest, waiting."""
    send(client, make_post(), body="The first words.")
    return Comment.objects.get()
