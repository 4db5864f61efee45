"""Many comments at once, whole lists, people, and discussions."""

import pytest
from lxml.html import document_fromstring

from comments.models import Comment, Discussion, Standing, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, press, sign_in, undo_button
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


# --- Many at once -----------------------------------------------------------------


def bulk(client, action, *comments, query="", **fields):
    marked = [comment.pk for comment in comments]
    data = {"action": action, "index": "0", "_selected_action": marked, **fields}
    return client.post(QUEUE + query, data)


@pytest.mark.parametrize(
    ("action", "status"),
    [("approve_marked", "approved"), ("spam_marked", "spam"), ("remove_marked", "removed")],
)
def test_marked_comments_are_decided_together_and_taken_back_together(
    client, moderator, action, status
):
    one, two, _three = (make_comment(status=Status.PENDING) for _number in range(3))

    response = bulk(client, action, one, two, query="?q=example")
    page = client.get(response.url)
    statuses = list(Comment.objects.order_by("pk").values_list("status", flat=True))
    client.post(f"{QUEUE}undo/{undo_button(page)}")

    assert response.url == f"{QUEUE}?q=example"
    assert statuses == [status, status, "pending"]
    assert Comment.objects.pending().count() == 3


def test_whole_list_is_decided_with_nothing_marked(client, moderator):
    shown = [make_comment(status=Status.PENDING, name="Bot") for _number in range(3)]
    other = make_comment(status=Status.PENDING, name="Ada")
    newest = other.pk

    bulk(client, "spam_marked", query="?q=Bot", select_across="1", newest=newest)

    assert set(Comment.objects.filter(status="spam")) == set(shown)


def test_whole_list_leaves_out_what_came_after_it_was_shown(client, moderator):
    seen = make_comment(status=Status.PENDING)
    unseen = make_comment(status=Status.PENDING)

    bulk(client, "approve_marked", select_across="1", newest=seen.pk)

    assert list(Comment.objects.pending()) == [unseen]


def test_whole_page_can_be_meant_without_script(client, moderator):
    """With scripts, "mark all on this page" does it."""
    make_comment(status=Status.PENDING)
    alone = client.get(QUEUE).content.decode()
    make_comment(status=Status.PENDING)

    two = document_fromstring(client.get(QUEUE).content)

    assert "select_across" not in alone
    assert two.xpath("//noscript//input[@name='select_across']")


def test_nothing_marked_decides_nothing(client, moderator):
    make_comment(status=Status.PENDING)

    bulk(client, "approve_marked")

    assert Comment.objects.get().status == "pending"


# --- People -----------------------------------------------------------------------


def test_ban_puts_what_waits_with_the_spam_and_can_be_undone(client, moderator):
    one, two = (make_comment(email="bot@example.org", status=Status.PENDING) for _n in range(2))
    approved = make_comment(email="bot@example.org")
    other = make_comment(status=Status.PENDING)

    answer = press(client, "standing", one, verdict="ban", json=True).json()

    standing = Standing.objects.get()
    assert (standing.of, standing.value, standing.verdict, standing.by) == (
        "email",
        "bot@example.org",
        "banned",
        moderator,
    )
    assert set(Comment.objects.filter(status="spam")) == {one, two}
    assert {c.status for c in Comment.objects.filter(pk__in=[approved.pk])} == {"approved"}

    client.post(answer["undo"])

    assert not Standing.objects.exists()
    assert set(Comment.objects.pending()) == {one, two, other}


def test_ban_of_an_address_is_for_all_who_write_from_there(client, moderator):
    one, two = (make_comment(address_key="a" * 32, status=Status.PENDING) for _n in range(2))
    make_comment(address_key="b" * 32, status=Status.PENDING)

    press(client, "standing", one, query="?of=address", verdict="ban")

    assert Standing.objects.get().value == "a" * 32
    assert set(Comment.objects.filter(status="spam")) == {one, two}


def test_trust_replaces_a_ban_and_is_lifted(client, moderator):
    comment = make_comment(member=make_user())

    press(client, "standing", comment, verdict="ban")
    press(client, "standing", comment, verdict="trust")
    standing = Standing.objects.get()
    press(client, "standing", comment, verdict="lift")

    assert (standing.of, standing.value, standing.verdict) == (
        "member",
        str(comment.member_id),
        "trusted",
    )
    assert not Standing.objects.exists()


def test_nobody_in_particular_cannot_be_banned(client, moderator):
    imported = make_comment(email="", status=Status.PENDING)
    make_comment(email="", status=Status.PENDING)

    answer = press(client, "standing", imported, verdict="ban", json=True).json()
    where = press(client, "standing", imported, query="?of=address", verdict="ban", json=True)

    assert answer["failed"]
    assert where.json()["failed"]
    assert Comment.objects.pending().count() == 2


# --- The discussion ---------------------------------------------------------------


def test_discussion_is_locked_and_opened_from_a_row(client, moderator):
    comment = make_comment()

    press(client, "lock", comment, locked="yes")
    locked = Discussion.objects.get().locked_at
    press(client, "lock", comment, locked="no")

    assert locked
    assert Discussion.objects.get().locked_at is None
