"""Every list of the desk is answered from indexes, whatever it is narrowed by."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Status
from comments.tests.factories import make_comment
from posts.models import Redirect
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite"),
]

# These stay small, or are rows that were just computed; SQLite calls tables by their aliases.
SMALL = {
    "CONSTANT",
    "subquery",
    "auth_group",
    "auth_permission",
    "django_content_type",
    "posts_series",
    "posts_page",
}
# Of a table; what a part of the question found is read whole, and the steps of that part stand beside.
SCAN = re.compile(r"^SCAN (?!\(subquery-)(\S+)(.*)")
SORT = "USE TEMP B-TREE FOR ORDER BY"

POSTS, COMMENTS = "/admin/posts/post/", "/admin/comments/comment/"
LISTS = [
    POSTS,
    *(
        f"{POSTS}?status={status}"
        for status in ("draft", "scheduled", "published", "expired", "trashed", "review")
    ),
    f"{POSTS}?year=2020",
    f"{POSTS}?q=word",
    f"{POSTS}?o=5",
    "/admin/posts/tag/",
    "/admin/posts/image/",
    "/admin/posts/redirect/",
    "/admin/accounts/user/",
    COMMENTS,
    f"{COMMENTS}?status=all",
    f"{COMMENTS}?status=approved",
    f"{COMMENTS}?status=approved&o=-2",
    f"{COMMENTS}?status=approved&reason=open",
    f"{COMMENTS}?status=all&q=word",
    f"{COMMENTS}?status=all&q=203.0.113.7",
    f"{COMMENTS}?status=all&author_of=1",
    f"{COMMENTS}?status=all&post=1",
    "/admin/comments/discussion/",
    "/admin/comments/discussion/?q=word",
    "/admin/comments/discussion/?locked=yes",
    "/admin/comments/decision/",
    "/admin/comments/standing/",
    "/admin/audit/event/",
    "/admin/audit/event/?about=posts",
    "/admin/audit/event/?kind=posts.tag",
    "/admin/audit/event/?q=203.0.113.7",
]


@pytest.fixture
def desk(client):
    """Signed in, with a few of everything that there may be many of."""
    for number in range(3):
        post = make_post(tags=[make_tag()], series=make_series(), published_at="2020-05-05T12:00Z")
        make_comment(post, status=Status.PENDING)
        make_comment(post, member=make_user(), body="A word.")
        Redirect.objects.create(path=f"/old/{number}/", post=post)
    make_post(published_at=None)
    make_post(deleted_at=timezone.now())
    make_page()
    store(picture_bytes())
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("address", LISTS)
def test_list_reads_no_table_that_grows_from_end_to_end(desk, address):
    desk.get(address)  # what is remembered between requests is asked for once
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200

    selects = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert selects
    assert {sql: bad for sql in selects if (bad := bad_steps(sql, plan_of(sql)))} == {}


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def bad_steps(sql: str, steps: list[str]) -> list[str]:
    """Scans of a table without an index, and of an index whose rows are sorted afterwards."""
    scans = [step for step in steps if (found := SCAN.match(step)) and found[1] not in SMALL]
    scans = [step for step in scans if "VIRTUAL TABLE" not in step]
    by_row = [step for step in scans if "USING" not in step]
    is_sorted = SORT in steps
    # A table is in the order of its keys, so a list of all in that order may walk along it.
    walks_along = "WHERE" not in sql and not is_sorted
    return scans if is_sorted or (by_row and not walks_along) else []
