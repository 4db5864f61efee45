"""What it costs to take in a comment: the same however long the discussion is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Discussion, Status
from comments.tests.factories import make_comment
from comments.tests.writing import send, set_rules
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db

MOST_QUERIES = 16  # with those that begin and end the transaction


def cost(client, post, **fields) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert send(client, post, **fields).status_code == 303
    return [query["sql"] for query in queries]


def test_comment_costs_the_same_after_one_and_after_thirty(client):
    set_rules(policy="open", rate_held=1000, rate_refused=1000)
    post = make_post()
    make_comment(post)
    cost(client, post, body="What is remembered between requests is asked for once.")

    after_few = cost(client, post, body="One.")
    for _number in range(30):
        make_comment(post)
    after_many = cost(client, post, body="Another.")

    assert len(after_many) == len(after_few) <= MOST_QUERIES


def counts(post) -> tuple:
    found = Discussion.objects.get(post=post)
    return found.approved_count, found.thread_count, found.newest_key


def counted_anew(post) -> tuple:
    Discussion.refresh([post.pk])
    return counts(post)


def test_new_comment_is_counted_as_if_all_were_counted(client):
    set_rules(policy="open", rate_held=1000, rate_refused=1000)
    post = make_post()

    send(client, post, body="First.")
    first = Comment.objects.get()
    send(client, post, body="Second.")
    send(client, post, body="An answer.", parent=first.pk)

    assert counts(post) == counted_anew(post)
    assert counts(post)[:2] == (3, 2)


def test_answer_that_brings_a_thread_back_is_counted_with_it(client):
    """What it answers was removed while somebody wrote."""
    root = make_comment()
    make_comment(root.post)
    answer = make_comment(parent=root, status=Status.PENDING)
    Comment.objects.filter(pk=root.pk).update(status=Status.REMOVED)
    Discussion.refresh([root.post_id])
    Comment.objects.filter(pk=answer.pk).update(status=Status.APPROVED)
    answer.refresh_from_db()

    Discussion.grow(answer)

    assert counts(root.post) == counted_anew(root.post)
