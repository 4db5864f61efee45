"""Staff see where the time of an answer went, and nobody else does."""

import re

import pytest

from accounts.tests.factories import make_user
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
SAID = re.compile(
    r'cache;desc="past", app;dur=[0-9]+\.[0-9], db;dur=[0-9]+\.[0-9];desc="([0-9]+) queries"'
)


@pytest.mark.parametrize("path", ["/account/", "/admin/"])
def test_staff_are_told_the_time_and_the_queries(client, path):
    client.force_login(make_user(is_staff=True))

    said = client.get(path).headers["Server-Timing"]

    assert int(SAID.fullmatch(said)[1]) > 0


def test_nobody_else_is_told(client):
    post = make_post()
    as_guest = client.get(post.get_absolute_url())
    client.force_login(make_user())
    as_member = client.get(post.get_absolute_url())

    assert "Server-Timing" not in as_guest.headers
    assert "Server-Timing" not in as_member.headers
