"""The buttons of one row in the queue: decisions, their undoing, and answers."""

import pytest
from django.urls import reverse

from comments import reasons
from comments.models import Comment, Decision, Discussion, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, press, sign_in, undo_button

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


# --- One by one -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("approve", "approved"), ("spam", "spam"), ("remove", "removed")],
)
def test_button_decides_and_leads_back_to_the_same_place(client, moderator, verdict, status):
    comment = make_comment(status=Status.PENDING)
    back = "status=pending&p=2&q=caf%C3%A9"

    response = press(client, "decide", comment, query="?row=4", back=back, verdict=verdict)

    comment.refresh_from_db()
    assert comment.status == status
    assert response.url == f"{QUEUE}?{back}#row-4"
    assert Decision.objects.get().by == moderator


def test_decided_comment_can_be_put_back_to_wait(client, moderator):
    comment = make_comment()

    press(client, "decide", comment, verdict="hold")

    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("pending", reasons.HELD_BY_HAND)


def test_message_offers_undo(client, moderator):
    comment = make_comment(status=Status.PENDING)

    press(client, "decide", comment, verdict="spam")
    page = client.get(QUEUE)
    client.post(f"{QUEUE}undo/{undo_button(page)}")

    comment.refresh_from_db()
    assert "Put with the spam." in page.content.decode()
    assert comment.status == "pending"


def test_decision_about_what_is_so_already_says_so(client, moderator):
    answer = press(client, "decide", make_comment(), verdict="approve", json=True).json()

    assert answer == {"told": "It was so already.", "undo": "", "failed": False}
    assert not Decision.objects.exists()


def test_script_gets_words_and_a_way_back(client, moderator):
    comment = make_comment(status=Status.PENDING)

    answer = press(client, "decide", comment, verdict="approve", json=True).json()
    undone = client.post(answer["undo"], headers={"Accept": "application/json"}).json()
    again = client.post(answer["undo"], headers={"Accept": "application/json"}).json()

    assert answer["told"] == "Approved."
    assert undone == {"told": "1 decision taken back.", "undo": "", "failed": False}
    assert again["failed"]
    comment.refresh_from_db()
    assert comment.status == "pending"


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "\r\nX: y", "x" * 9999])
def test_way_back_never_leads_elsewhere(client, moderator, back):
    comment = make_comment(status=Status.PENDING)

    response = press(client, "decide", comment, back=back, verdict="approve")

    assert response.url.startswith(f"{QUEUE}?")
    assert len(response.url) < 7000


@pytest.mark.parametrize(
    ("name", "fields"),
    [("decide", {}), ("decide", {"verdict": "x"}), ("standing", {}), ("lock", {"locked": "?"})],
)
def test_button_that_is_none_is_a_bad_request(client, moderator, name, fields):
    assert press(client, name, make_comment(), **fields).status_code == 400


@pytest.mark.parametrize("query", ["", "?batch=x", "?decision=x", "?standing=x", "?batch=%00"])
def test_undo_of_nothing_says_so(client, moderator, query):
    client.post(f"{QUEUE}undo/{query}")

    assert "nothing to take back" in client.get(QUEUE).content.decode()


def test_nothing_is_decided_by_looking(client, moderator):
    comment = make_comment(status=Status.PENDING)

    for name in ["decide", "reply", "standing", "lock"]:
        url = reverse(f"admin:comments_{name}", args=[comment.pk])
        assert client.get(url, {"verdict": "approve"}).status_code == 405
    assert client.get(f"{QUEUE}undo/").status_code == 405


# --- Answers ----------------------------------------------------------------------


def test_reply_is_by_the_moderator_and_approves_what_it_answers(client, moderator):
    question = make_comment(status=Status.PENDING)

    press(client, "reply", question, body="Thank you.\r\nMended.")

    reply = Comment.objects.get(parent=question)
    question.refresh_from_db()
    assert (reply.member, reply.body, reply.status) == (
        moderator,
        "Thank you.\nMended.",
        "approved",
    )
    assert question.status == "approved"
    assert Discussion.objects.get().approved_count == 2


def test_reply_sent_twice_is_stored_once(client, moderator):
    question = make_comment()

    for _time in range(2):
        press(client, "reply", question, body="Thank you.")

    assert Comment.objects.filter(parent=question).count() == 1


@pytest.mark.parametrize("body", ["", " \n ", "x" * 20_001, "a\0b"])
def test_reply_that_cannot_be_stored_is_shown_again(client, moderator, body):
    question = make_comment(status=Status.PENDING)

    response = press(client, "reply", question, back="status=all", body=body)
    answer = press(client, "reply", question, body=body, json=True).json()

    assert response.context["form"]["body"].value() == body
    assert response.context["form"].errors
    assert answer["failed"]
    assert Comment.objects.get().status == "pending"
