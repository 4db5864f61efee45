"""Every list of the desk is answered from indexes, whatever it is narrowed by."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Status
from comments.tests.factories import make_comment
from posts.models import Image, Post, Redirect
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
# The newest comments by their keys, and no further.
NEWEST = re.compile(
    r'\(SELECT U0."id" AS "pk" FROM "comments_comment" U0 ORDER BY 1 DESC LIMIT \d+\)'
)
OF_STAFF = "INDEX user_staff"  # holds no readers
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
    f"{POSTS}?due=now",
    f"{POSTS}?author={{author}}",
    f"{POSTS}?tag={{tag}}",
    f"{POSTS}{{post}}/change/",
    f"{POSTS}{{post}}/history/",
    f"{POSTS}add/",
    "/admin/posts/tag/",
    "/admin/posts/image/",
    "/admin/posts/image/{image}/change/",
    "/admin/posts/image/{image}/delete/",
    "/admin/posts/redirect/",
    "/admin/accounts/user/",
    "/admin/accounts/user/?is_staff__exact=1",
    "/admin/autocomplete/?app_label=posts&model_name=post&field_name=superseded_by",
    "/admin/autocomplete/?app_label=posts&model_name=redirect&field_name=post&term=post",
    COMMENTS,
    f"{COMMENTS}?status=all",
    f"{COMMENTS}?status=approved",
    f"{COMMENTS}?status=approved&o=-2",
    f"{COMMENTS}?status=approved&who=member",
    f"{COMMENTS}?status=approved&likely=good",
    f"{COMMENTS}?status=all&likely=spam",
    f"{COMMENTS}?status=all&o=-1",
    f"{COMMENTS}?status=all&o=-2",
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
    address = of_a_row(address)
    desk.get(address)  # what is remembered between requests is asked for once
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200

    selects = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert selects
    assert {sql: bad for sql in selects if (bad := bad_steps(sql, plan_of(sql)))} == {}


@pytest.mark.parametrize(
    "address",
    [
        *(f"/admin/posts/{name}/" for name in ("post", "page", "image", "redirect")),
        "/admin/accounts/user/",
        *(f"/admin/comments/{name}/" for name in ("discussion", "decision", "standing")),
    ],
)
def test_columns_that_a_list_can_be_sorted_by_have_an_index(desk, address):
    offered = {*re.findall(r'href="\?o=(-?\d+)"', desk.get(address).content.decode())}

    for order in offered:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address, {"o": order}).status_code == 200
        selects = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
        assert {sql: bad for sql in selects if (bad := bad_steps(sql, plan_of(sql)))} == {}


@pytest.mark.parametrize("status", ["pending", "approved", "spam", "removed", "all"])
@pytest.mark.parametrize(
    "asked", ["o=1", "o=-1", "o=2", "o=-2", "likely=spam", "likely=good", "q="]
)
def test_queue_is_read_in_the_order_of_an_index(desk, status, asked):
    address = f"{COMMENTS}?status={status}&{asked}"
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200

    keys = 'SELECT "comments_comment"."id" AS "pk" FROM "comments_comment"'
    plans = [plan_of(query["sql"]) for query in queries if query["sql"].startswith(keys)]
    assert plans
    assert [step for plan in plans for step in plan if "TEMP B-TREE" in step] == []


def of_a_row(address: str) -> str:
    """`address` with the keys of rows that there are."""
    post = Post.objects.published().first()
    author, tag = post.author_list[0].pk, post.tags.first().pk
    image = Image.objects.first().pk
    return address.format(post=post.pk, author=author, tag=tag, image=image)


def plan_of(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def bad_steps(sql: str, steps: list[str]) -> list[str]:
    """Scans of a table without an index, and of an index whose rows are sorted afterwards."""
    scans = [step for step in steps if (found := SCAN.match(step)) and found[1] not in SMALL]
    scans = [step for step in scans if "VIRTUAL TABLE" not in step and OF_STAFF not in step]
    if NEWEST.search(sql):
        scans = [step for step in scans if step != "SCAN U0"]
    by_row = [step for step in scans if "USING" not in step]
    is_sorted = SORT in steps
    # A table is in the order of its keys, so a list of all in that order may walk along it.
    walks_along = "WHERE" not in sql and not is_sorted
    return scans if is_sorted or (by_row and not walks_along) else []


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/comments/discussion/", "/admin/posts/image/{image}/change/"]
)
def test_no_statistics_lead_to_a_look_at_all_posts(desk, address):
    """As with a hundred thousand posts, of which few have what is asked for."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl IN ('posts_post', 'posts_plannededit')")
        cursor.execute(
            "INSERT INTO sqlite_stat1 SELECT tbl_name, name, '100000 100000' FROM sqlite_schema"
            " WHERE name LIKE 'posts_post_cover_id_%'"
        )
        cursor.execute("ANALYZE sqlite_schema")
    address = of_a_row(address)
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200

    selects = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    plans = {sql: plan_of(sql) for sql in selects}
    assert [sql for sql, plan in plans.items() if any("SCAN posts_post" in x for x in plan)] == []
