"""What an author changes after a moderator has read it does not pass for what was read."""

import pytest

from comments.models import Comment, CommentSettings, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, press, sign_in
from comments.tests.writing import page_of
from comments.writing import policy, revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


def change(comment) -> None:
    rules = CommentSettings.load()
    revision.change(
        Comment.objects.get(pk=comment.pk), "Cheap pills!", policy.Circumstances(), rules
    )


def seen_on(client, address=QUEUE) -> str:
    """The moment that each form on a page brings along."""
    moments = page_of(client.get(address)).xpath("//input[@name='seen']/@value")
    assert len(moments) >= 2
    [moment] = set(moments)
    return moment


@pytest.mark.parametrize("alone", [True, False])
def test_changed_comment_is_approved_only_from_a_page_that_shows_it(client, moderator, alone):
    comment = make_comment(status=Status.PENDING)
    page = f"{QUEUE}{comment.pk}/change/" if alone else QUEUE
    before = seen_on(client, page)
    change(comment)

    refused = press(client, "decide", comment, verdict="approve", seen=before, json=True).json()
    after_refusal = Comment.objects.get().status
    press(client, "decide", comment, verdict="approve", seen=seen_on(client, page))

    assert refused["failed"] and "Its author changed it" in refused["told"]
    assert after_refusal == "pending"
    assert Comment.objects.get().status == "approved"


def test_changed_comment_may_be_called_spam_unread(client, moderator):
    comment = make_comment(status=Status.PENDING)
    before = seen_on(client)
    change(comment)

    press(client, "decide", comment, verdict="spam", seen=before)

    assert Comment.objects.get().status == "spam"


def test_answer_does_not_approve_what_was_changed(client, moderator):
    comment = make_comment(status=Status.PENDING)
    before = seen_on(client)
    change(comment)

    page = press(client, "reply", comment, body="Well said.", seen=before)
    [seen] = page_of(page).xpath("//main//input[@name='seen']/@value")
    refused = Comment.objects.get()
    press(client, "reply", comment, body="Well said.", seen=seen)

    assert refused.status == "pending"
    assert "Its author changed it" in page.content.decode()
    assert "Well said." in page.content.decode()
    assert Comment.objects.approved().count() == 2


def test_many_are_approved_without_those_that_were_changed(client, moderator):
    read, changed = (make_comment(status=Status.PENDING) for _number in range(2))
    before = seen_on(client)
    change(changed)

    marked = {"action": "approve_marked", "_selected_action": [read.pk, changed.pk]}
    client.post(QUEUE, {**marked, "index": "0", "seen": before})

    assert [each.pk for each in Comment.objects.approved()] == [read.pk]
    assert "is not approved" in client.get(QUEUE).content.decode()


def test_taking_back_does_not_show_what_was_changed_since(client, moderator):
    comment = make_comment()
    undo = press(client, "decide", comment, verdict="hold", json=True).json()["undo"]
    change(comment)

    client.post(undo)

    assert Comment.objects.get().status == "pending"


@pytest.mark.parametrize("seen", ["", "x", "\0", "9" * 5000, "0001-01-01T00:00:00+23:59"])
def test_moment_that_is_none_is_no_error(client, moderator, seen):
    comment = make_comment(status=Status.PENDING)

    assert press(client, "decide", comment, verdict="approve", seen=seen).status_code == 302
