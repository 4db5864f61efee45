"""Writing a comment under a post, through the page."""

import pytest

from comments.models import Comment
from comments.tests.writing import send
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_guest_writes_and_waits(client):
    post = make_post()

    response = send(client, post, body="A *first* word.", name="Ada", email="Ada@Example.org")

    [comment] = Comment.objects.all()
    assert (response.status_code, response["Location"]) == (303, comment.get_absolute_url())
    assert (comment.post, comment.name, comment.email) == (post, "Ada", "ada@example.org")
    assert (comment.body, comment.status) == ("A *first* word.", "pending")
