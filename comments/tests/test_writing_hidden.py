"""Writing under posts that are not public: refused, with a sentence, and nothing of them told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import Comment
from comments.tests.writing import page_of, said_on, send
from posts import trash
from posts.models import Post
from posts.tests.factories import in_an_hour, make_post, make_user

pytestmark = pytest.mark.django_db


def hidden_post(state) -> Post:
    moments = {"draft": None, "discarded": None, "scheduled": in_an_hour()}
    default = timezone.now() - timedelta(days=1)
    post = make_post(title="A secret title", published_at=moments.get(state, default))
    if state in {"discarded", "trashed", "purged"}:
        trash.move_to_trash(post, by=None)
    if state == "purged":
        trash.purge(timedelta(0))
    return post


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    ("state", "status", "sentence"),
    [
        ("draft", 404, "There is no such post"),
        ("scheduled", 404, "There is no such post"),
        ("discarded", 404, "There is no such post"),
        ("trashed", 410, "This post was removed"),
        ("purged", 410, "This post was removed"),
    ],
)
def test_hidden_post_takes_no_comment_and_gives_the_text_back(
    client, state, status, sentence, signed_in
):
    post = hidden_post(state)
    if signed_in:
        client.force_login(make_user())

    response = send(client, post, body="Kept text.")

    assert (response.status_code, sentence in said_on(response)) == (status, True)
    assert "secret" not in response.content.decode()
    assert page_of(response).get_element_by_id("comment-write-kept").text.strip() == "Kept text."
    assert response["Cache-Control"] == "private, no-store"
    assert not Comment.objects.exists()


def test_post_that_never_was_takes_no_comment(client):
    response = client.post("/post/never/comments/", {"body": "Kept text."})

    assert response.status_code == 404
    assert page_of(response).get_element_by_id("comment-write-kept").text.strip() == "Kept text."


def test_former_address_of_a_hidden_post_takes_no_comment(client):
    post = make_post(slug="before")
    post.slug = "after"
    post.published_at = in_an_hour()
    post.save()

    response = client.post("/post/before/comments/", {"body": "Kept text."})

    assert (response.status_code, "after" in response.content.decode()) == (404, False)
