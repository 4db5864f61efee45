"""Several who comment at the same moment under the same post."""

import threading

import pytest
from django.db import connection, transaction

from comments.models import Comment, Discussion, Status
from comments.tests.factories import make_comment
from posts.tests.at_once import at_once
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6


def store_and_count(when_stored, **fields) -> None:
    """As a new comment is stored; `when_stored` is called in between."""
    with transaction.atomic():
        comment = Comment.objects.create(status=Status.APPROVED, body="Text.", **fields)
        when_stored()
        Discussion.grow(comment)


def counts(post) -> tuple:
    found = Discussion.objects.get(post=post)
    return found.approved_count, found.thread_count, found.newest_key


def counted_anew(post) -> tuple:
    Discussion.refresh([post.pk])
    return counts(post)


def meeting():
    """Lets all have stored theirs before the first is counted, where a database lets many write."""
    if connection.features.has_select_for_update:
        return threading.Barrier(WRITERS).wait
    return lambda: None


def test_answers_that_together_bring_a_thread_back_are_one_thread():
    root = make_comment()
    Comment.objects.filter(pk=root.pk).update(status=Status.REMOVED)
    Discussion.refresh([root.post_id])
    meet = meeting()
    place = {"post": root.post, "parent": root, "thread": root, "depth": 1}

    errors = at_once([lambda: store_and_count(meet, **place)] * WRITERS)

    assert errors == []
    assert counts(root.post)[:2] == (WRITERS, 1)
    assert counts(root.post) == counted_anew(root.post)


@pytest.mark.parametrize("before", [0, 1])
def test_comments_at_once_are_all_counted_and_the_newest_is_known(before):
    post = make_post()
    for _number in range(before):
        make_comment(post)
    meet = meeting()

    errors = at_once([lambda: store_and_count(meet, post=post)] * WRITERS)

    assert errors == []
    assert counts(post)[:2] == (before + WRITERS, before + WRITERS)
    assert counts(post) == counted_anew(post)
