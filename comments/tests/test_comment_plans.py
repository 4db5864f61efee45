"""Reading many comments: few queries, and each from an index."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.generate import generate
from comments.models import Comment, Discussion
from posts.tests.factories import make_post

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite"),
]

WHOLE_TABLE = re.compile(r"^SCAN (comments_comment|comments_discussion|[TUV]\d+)\b")
# Named as SQLite names what it sorts by itself. Of the comments only a page is ever sorted.
SORTED = "USE TEMP B-TREE FOR ORDER BY"


@pytest.fixture
def many():
    """Two posts with 1,200 comments, of which the newest has 400 and more."""
    make_post(published_at="2012-01-01T00:00Z")
    post = make_post(slug="busy")
    generate(1200, seed=1, on_one_post=400)
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return post


def plans(client, address) -> dict[str, list[str]]:
    """The steps of every query about comments that an answer costs, by the query."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code in {200, 302}, address
    asked = [query["sql"] for query in queries if '"comments_comment"' in query["sql"]]
    found = {}
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            found[sql] = [row[3] for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/post/busy/",
        "/post/busy/comments/",
        "/post/busy/comments/?order=newest",
        "/post/busy/comments/?page=5",
        "/post/busy/comments/?thread={thread}",
        "/comments/{answer}/",
        "/comments/feed/",
        "/comments/feed/?page=9",
        "/post/busy/comments/rss/",
    ],
)
def test_comments_are_read_from_an_index(client, many, address):
    answer = Comment.objects.approved().filter(post=many).exclude(thread=None).first()
    address = address.format(thread=answer.thread_id, answer=answer.pk)

    found = plans(client, address)

    assert found
    for sql, steps in found.items():
        assert [step for step in steps if WHOLE_TABLE.match(step) or step == SORTED] == [], sql


def test_counting_reads_indexes_alone(many):
    with CaptureQueriesContext(connection) as queries:
        Discussion.refresh([many.pk])

    (update,) = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {update}")
        steps = [row[3] for row in cursor.fetchall() if "U0" in row[3] or "comment" in row[3]]
    assert [step for step in steps if WHOLE_TABLE.match(step) or step == SORTED] == []
