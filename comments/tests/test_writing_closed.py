"""Wishes for mail, and posts that take no comments."""

import pytest

from comments.models import Comment, Discussion, Subscription
from comments.tests.writing import (
    address_of,
    fields,
    page_of,
    said_on,
    send,
    send_as_member,
    set_rules,
)
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


# --- Wishes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "expected"),
    [("", []), ("none", []), ("thread", [True]), ("post", [False])],
)
def test_wish_for_mail_is_kept(client, wish, expected):
    send(client, make_post(), subscription=wish)

    wishes = [bool(each.thread_id) for each in Subscription.objects.all()]
    assert wishes == expected


def test_spam_wishes_nothing(client):
    send(client, make_post(), subscription="post", topic="x")

    assert Comment.objects.get().status == "spam"
    assert not Subscription.objects.exists()


# --- Where nothing can be written -------------------------------------------------


def lock(post):
    Discussion.refresh([post.pk])
    Discussion.objects.update(locked_at=post.published_at)


@pytest.mark.parametrize(
    ("close", "sentence"),
    [
        (lambda post: type(post).objects.update(comments_open=False), "are closed"),
        (lock, "is locked"),
        (lambda post: set_rules(closing_days=1), "so long after its publication"),
        (lambda post: set_rules(policy="members"), "Only members"),
    ],
)
def test_closed_discussion_says_why_and_gives_the_text_back(client, close, sentence):
    post = make_post(published_at="2020-01-01T00:00:00Z")
    close(post)

    page = client.get(post.get_absolute_url())
    response = send(client, post, body="Kept text.")

    assert sentence in said_on(page) and not page_of(page).find_class("comment-form")
    assert (response.status_code, sentence in said_on(response)) == (403, True)
    assert page_of(response).get_element_by_id("comment-write-kept").text.strip() == "Kept text."
    assert not Comment.objects.exists()


def test_members_may_write_where_guests_may_not(strict):
    set_rules(policy="members")

    response = send_as_member(strict, make_post())

    assert response.status_code == 303
    assert Comment.objects.get().status == "approved"


def test_comment_on_a_post_that_was_renamed_meanwhile_arrives(client):
    post = make_post(slug="before")
    post.slug = "after"
    post.save()

    response = client.post("/post/before/comments/", fields(), headers={})

    assert response.status_code == 303
    assert Comment.objects.get().post == post


def test_author_of_a_draft_learns_when_comments_open(strict, member):
    draft = make_post(authors=[member], published_at=None)

    response = strict.post(address_of(draft), fields(body="Kept text."))

    assert response.status_code == 403
    assert "not published yet" in said_on(response)
