"""Many comments cost no more questions than few, and no question reads all of them."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import moderation
from comments.generate import generate
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, sign_in
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

SEARCH = f"{QUEUE}?status=all&q=guest7"  # anywhere in the words, so that it has to read them
PAGES = [
    "/post/busy/",
    "/post/busy/comments/",
    "/post/busy/comments/{middle}",
    "/post/busy/comments/{last}",
    "/",
    "/feed/",
    "/rss/",
    "/comments/feed/",
    "/comments/rss/",
    "/post/busy/comments/feed/",
    "/post/busy/comments/state.json",
    QUEUE,
    f"{QUEUE}{{second}}",
    f"{QUEUE}?status=all",
    f"{QUEUE}?status=approved&who=guest",
    f"{QUEUE}?status=spam",
    f"{QUEUE}?status=approved&post={{post}}",
    f"{QUEUE}{{waiting}}/change/",
    "/admin/",
    "/admin/comments/decision/",
    SEARCH,
]
# What may be asked beside: a short discussion is one question, and one in pages has three for its
# threads, answers, and stubs. PostgreSQL is asked whether a word is rare, where there is much to find.
BESIDE = dict.fromkeys(PAGES[:4], 3) | {SEARCH: 1}
# Steps of SQLite's plans that read every row, and not along an index that ends early.
QUEUE_PAGE = 30
NEWEST = re.compile(r'FROM "comments_comment" ORDER BY 1 DESC LIMIT \d+$')  # ends early as well
WHOLE_TABLE = re.compile(r"^SCAN (comments_comment|[TUV]\d+)$")


@pytest.fixture
def moderator(client):
    return sign_in(client, is_superuser=True)


@pytest.fixture
def post(moderator):
    for number in range(5):
        make_post(published_at=f"2020-01-0{number + 1}T00:00Z")
    return make_post(slug="busy")


def some_of_each(post) -> None:
    """In each status a guest's comment, and a member's that answers another one."""
    member = make_user()
    first = make_comment(post, member=make_user())
    for status in Status:
        make_comment(post, email="guest7@example.org", status=status)
        make_comment(post, parent=first, member=member, status=status)


def asked(client, post) -> dict[str, list[str]]:
    """The questions that each page costs; where there is but one of several, of that one."""
    last = pages_of(client)
    some = {
        "post": post.pk,
        # Of the kind that costs most, so that two are alike: a member's, that answers another.
        "waiting": answers_of_members().pending().first().pk,
        "middle": f"?page={last // 2}" if last > 3 else "",
        "last": f"?page={last}" if last > 1 else "",
        "second": "?p=2" if Comment.objects.pending().count() > QUEUE_PAGE else "",
    }
    found = {}
    for address in PAGES:
        cache.clear()
        client.get(address.format(**some))  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address.format(**some))
        assert answer.status_code == 200, address
        found[address] = [query["sql"] for query in queries]
    return found


def answers_of_members():
    return Comment.objects.filter(parent__isnull=False, member__isnull=False)


def pages_of(client) -> int:
    page = client.get("/post/busy/comments/").content.decode()
    return max([int(number) for number in re.findall(r"[?&;]page=(\d+)", page)], default=1)


def test_comments_by_the_thousand_cost_what_three_cost(client, post, moderator):
    compare(client, post, moderator, count=3_000, on_one_post=400)


@pytest.mark.faults
def test_a_hundred_thousand_comments_cost_what_three_cost(client, post, moderator):
    compare(client, post, moderator, count=100_000, on_one_post=10_000)


def compare(client, post, moderator, count, on_one_post):
    some_of_each(post)
    moderation.hold(Comment.objects.filter(status=Status.REMOVED)[:1], by=moderator)
    few = asked(client, post)
    generate(count, seed=1, on_one_post=on_one_post)
    moderation.hold(Comment.objects.approved()[:100], by=moderator)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    many = asked(client, post)

    more = {
        address: (len(few[address]), len(many[address]))
        for address in PAGES
        if len(many[address]) > len(few[address]) + BESIDE.get(address, 0)
    }
    assert more == {}
    if connection.vendor == "sqlite":
        assert full_scans(many) == []


def full_scans(asked: dict[str, list[str]]) -> list:
    found = []
    with connection.cursor() as cursor:
        for address, questions in asked.items():
            for sql in questions:
                if "comments_comment" not in sql or address == SEARCH or NEWEST.search(sql):
                    continue
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                steps = [row[3] for row in cursor.fetchall()]
                found += [(address, step, sql) for step in steps if WHOLE_TABLE.match(step)]
    return found
