"""Deciding about comments, taking it back, and what follows from both."""

import logging
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import moderation, reasons, standings
from comments.models import Comment, Decision, Discussion, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import sign_in
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def statuses(*comments):
    return [Comment.objects.get(pk=comment.pk).status for comment in comments]


def test_decision_is_kept_counted_and_logged(caplog):
    waiting = make_comment(status=Status.PENDING, reason=reasons.MANY_LINKS)
    moderator = make_user()

    with caplog.at_level(logging.INFO):
        [decision] = moderation.approve([waiting], moderator)

    kept = Decision.objects.get()
    assert kept == decision
    assert (kept.by, kept.was, kept.became, kept.was_reason) == (
        moderator,
        "pending",
        "approved",
        reasons.MANY_LINKS,
    )
    waiting.refresh_from_db()
    assert (waiting.status, waiting.reason) == ("approved", reasons.MODERATOR)
    assert waiting.approved_at
    assert Discussion.objects.get().approved_count == 1
    assert caplog.messages == [
        f"user {moderator.pk} comments.comment_approved comments.comment {waiting.pk}"
        f" {{'was': 'pending', 'via': 'queue', 'batch': '{kept.batch}'}}"
    ]


def test_deciding_the_same_twice_is_one_decision():
    comment = make_comment(status=Status.PENDING)

    moderation.mark_spam([comment], make_user())
    again = moderation.mark_spam([comment], make_user())

    assert again == []
    assert Decision.objects.count() == 1


def test_comment_put_back_to_wait_says_that_somebody_did():
    comment = make_comment()

    moderation.hold([comment], make_user())

    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("pending", reasons.HELD_BY_HAND)


def test_first_approval_keeps_its_time():
    comment = make_comment(status=Status.PENDING)
    moderator = make_user()

    moderation.approve([comment], moderator)
    first = Comment.objects.get().approved_at
    moderation.hold([comment], moderator)
    moderation.approve([comment], moderator)

    assert Comment.objects.get().approved_at == first


def test_undo_brings_status_reason_and_count_back():
    comment = make_comment(
        status=Status.PENDING, reason=reasons.BLOCKED_WORD, reason_detail="casino"
    )
    [decision] = moderation.approve([comment], make_user())

    count = moderation.undo([decision], make_user())

    comment.refresh_from_db()
    assert count == 1
    assert (comment.status, comment.reason, comment.reason_detail) == (
        "pending",
        reasons.BLOCKED_WORD,
        "casino",
    )
    assert Discussion.objects.get().approved_count == 0
    assert moderation.undo([decision], make_user()) == 0


def test_undo_leaves_what_was_decided_since():
    comment = make_comment(status=Status.PENDING)
    [first] = moderation.approve([comment], make_user())
    moderation.mark_spam([comment], make_user())

    assert moderation.undo([first], make_user()) == 0
    assert statuses(comment) == ["spam"]


def test_undo_of_a_chain_of_decisions_leads_to_its_beginning():
    comment = make_comment(status=Status.PENDING)
    moderator = make_user()
    chain = moderation.approve([comment], moderator)
    chain += moderation.mark_spam([comment], moderator)

    assert moderation.undo(chain, moderator) == 2
    assert statuses(comment) == ["pending"]


def test_undo_can_be_undone():
    comment = make_comment(status=Status.PENDING)
    moderator = make_user()
    [decision] = moderation.approve([comment], moderator)
    moderation.undo([decision], moderator)

    moderation.undo([Decision.objects.get(undoes=decision)], moderator)

    assert statuses(comment) == ["approved"]


def test_one_call_is_one_batch_and_several_can_be():
    one, two, three = (make_comment(status=Status.PENDING) for _number in range(3))
    moderator, batch = make_user(), uuid4()

    moderation.approve([one, two], moderator)
    moderation.approve([three], moderator, batch=batch)

    batches = list(Decision.objects.order_by("pk").values_list("batch", flat=True))
    assert batches[0] == batches[1] != batches[2] == batch


def test_list_of_any_length_is_decided_about_and_taken_back(monkeypatch):
    monkeypatch.setattr(moderation, "AT_ONCE", 2)
    post = make_post()
    waiting = [make_comment(post, status=Status.PENDING) for _number in range(5)]
    moderator = make_user()

    deed = moderation.decide_about_all(Comment.objects.pending(), Status.SPAM, moderator)

    assert (deed.count, deed.is_whole) == (5, True)
    assert set(statuses(*waiting)) == {"spam"}
    assert moderation.undo_all(Decision.objects.filter(batch=deed.batch), moderator) == (5, True)
    assert set(statuses(*waiting)) == {"pending"}


def test_list_that_takes_too_long_is_left_with_its_rest(monkeypatch):
    monkeypatch.setattr(moderation, "AT_ONCE", 2)
    for _number in range(5):
        make_comment(status=Status.PENDING)
    waiting = Comment.objects.pending()

    first = moderation.decide_about_all(waiting, Status.SPAM, make_user(), seconds=-1)
    rest = moderation.decide_about_all(waiting, Status.SPAM, make_user())
    undone = moderation.undo_all(Decision.objects.all(), make_user(), seconds=-1)
    more = moderation.undo_all(Decision.objects.exclude(was="spam"), make_user())

    assert (first.count, first.is_whole) == (2, False)
    assert (rest.count, rest.is_whole) == (3, True)
    assert (undone, more) == ((2, False), (3, True))


def test_readers_hear_of_what_they_can_see_only():
    comment = make_comment(status=Status.PENDING)
    before = Discussion.objects.get().changed_at

    moderation.mark_spam([comment], make_user())
    unseen = Discussion.objects.get().changed_at
    moderation.approve([comment], make_user())

    assert unseen == before
    assert Discussion.objects.get().changed_at > before


@pytest.mark.parametrize("verb", ["decide", "undo"])
def test_deciding_about_many_costs_few_statements(verb):
    moderator = make_user()

    def cost(count):
        comments = [make_comment(status=Status.PENDING) for _number in range(count)]
        if verb == "undo":
            made = moderation.remove(comments, moderator)
        with CaptureQueriesContext(connection) as queries:
            if verb == "decide":
                moderation.remove(comments, moderator)
            else:
                moderation.undo(made, moderator)
        return len(queries)

    assert cost(1) == cost(30)


# --- The log in the admin ---------------------------------------------------------

LOG = "/admin/comments/decision/"


def test_log_tells_who_decided_what_and_takes_it_back_days_later(client):
    moderator = sign_in(client, display_name="Grace")
    comment = make_comment(name="Ada", body="About clocks.", status=Status.PENDING)
    [decision] = moderation.mark_spam([comment], moderator)

    html = client.get(LOG).content.decode()
    marked = {"action": "take_back", "index": "0", "_selected_action": decision.pk}
    client.post(LOG, marked)

    for words in ["Ada: About clocks.", "Waiting → Spam", "Grace", "queue"]:
        assert words in html
    assert statuses(comment) == ["pending"]
    decision.refresh_from_db()
    assert decision.undone_by.by == moderator


def test_log_cannot_be_rewritten(client):
    sign_in(client)
    comment = make_comment(status=Status.PENDING)
    [decision] = moderation.approve([comment], make_user())

    answers = [
        client.post(f"{LOG}{decision.pk}/change/", {"became": "spam"}),
        client.post(f"{LOG}{decision.pk}/delete/", {"post": "yes"}),
        client.post(f"{LOG}add/", {"comment": comment.pk, "became": "spam"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Decision.objects.get().became == "approved"


@pytest.mark.parametrize("url", [LOG, "/admin/comments/discussion/", "/admin/comments/standing/"])
def test_list_costs_the_same_for_one_and_for_many(client, url):
    moderator = sign_in(client)

    def cost(more):
        for _number in range(more):
            comment = make_comment(member=make_user(), status=Status.PENDING)
            moderation.undo(moderation.approve([comment], make_user()), moderator)
            standings.trust(("member", str(comment.member_id)), moderator)
        client.get(url)  # what is remembered between requests is asked for once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(1) == cost(2) == cost(6)
