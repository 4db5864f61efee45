"""Moderators hear of what waits, each comment once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blogsite.outgoing.worker import run_until_idle
from comments import moderation
from comments.mail import notices
from comments.models import Address, Comment, Notice, Status
from comments.tests.factories import make_comment
from comments.tests.letters import (
    an_hour_and_a_bit_later,
    decide_paths,
    limit,
    links_in,
    mails,
    stop_path,
    tell_moderators,
    waiting_comment,
)
from comments.tests.moderating import make_moderator
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


# --- Who hears --------------------------------------------------------------------


def test_moderators_hear_and_nobody_else():
    make_moderator(email="Moderator@Example.org")
    make_user(email="admin@example.org", is_staff=True, is_superuser=True)
    make_user(email="staff@example.org", is_staff=True)
    make_moderator(email="gone@example.org", is_active=False)
    make_moderator(email=None)
    outsider = make_moderator(email="outsider@example.org")
    outsider.is_staff = False
    outsider.save()

    waiting_comment()

    told = sorted(message.to for message in mails())
    assert told == ["admin@example.org", "moderator@example.org"]


@pytest.mark.parametrize("status", [Status.SPAM, Status.APPROVED, Status.REMOVED])
def test_moderators_hear_only_of_what_waits(status):
    make_moderator()
    comment = make_comment(status=Status.PENDING)
    notices.comment_waits(comment)
    Comment.objects.update(status=status)

    run_until_idle()

    assert mails() == []


def test_each_waiting_comment_is_told_once_also_when_its_text_changed():
    make_moderator()
    comment = waiting_comment()
    Comment.objects.update(body="Other words.", edited_at=timezone.now())

    tell_moderators(comment)

    assert len(mails()) == 1


def test_mail_says_what_a_moderator_must_know():
    make_moderator()
    post = make_post(title="Sorting")
    make_comment(email="eve@example.org")
    make_comment(email="eve@example.org", status=Status.SPAM)
    make_comment(email="EVE@example.com", status=Status.SPAM)

    waiting_comment(
        post=post,
        name="Eve",
        email="eve@example.org",
        site="https://eve.example/",
        body="Look\nhere.",
        reason="many_links",
        reason_detail="7",
        score=0.87,
        evidence=[{"what": "link to eve.example", "spam": 0.98}],
    )

    [message] = mails()
    assert message.subject == "A comment by Eve waits: “Sorting”"
    for words in [
        "> Look\n> here.",
        "Many links. (7)",
        "Spam score: 87 %",
        "link to eve.example",
        "eve@example.org",
        "https://eve.example/",
        "1 approved, 1 spam",
        "/admin/comments/comment/",
    ]:
        assert words in message.text
    for words in ["Many links. (7)", "87 %", "1 approved, 1 spam", "Look\nhere."]:
        assert words in message.html


def test_above_the_limit_waiting_comments_come_in_one_mail():
    limit(moderator_mails_an_hour=2)
    make_moderator()

    comments = [waiting_comment() for _ in range(5)]
    notices.tell_what_waited()
    assert len(mails()) == 2
    moderation.approve([comments[4]], None)
    an_hour_and_a_bit_later()
    notices.tell_what_waited()
    notices.tell_what_waited()

    digest = mails()[2:]
    assert [message.subject for message in digest] == ["2 comments wait"]
    assert [comment.body in digest[0].text for comment in comments] == [
        False,
        False,
        True,
        True,
        False,
    ]


def test_link_in_a_digest_leads_to_deciding(client):
    limit(moderator_mails_an_hour=1)
    make_moderator()
    comments = [waiting_comment() for _ in range(3)]
    an_hour_and_a_bit_later()
    notices.tell_what_waited()

    for path in decide_paths():
        assert client.post(path, {"decision": "spam"}).status_code == 200

    statuses = [Comment.objects.get(pk=comment.pk).status for comment in comments]
    assert statuses == [Status.PENDING, Status.SPAM, Status.SPAM]


def test_moderator_stops_this_mail_and_no_other(client):
    moderator, other = make_moderator(), make_moderator()
    waiting_comment()

    response = Client(enforce_csrf_checks=True).post(
        stop_path(mails(moderator.email)[0]), {"List-Unsubscribe": "One-Click"}
    )
    waiting_comment()

    assert response.status_code == 200
    assert len(mails(moderator.email)) == 1
    assert len(mails(other.email)) == 2
    address = Address.objects.get(email=moderator.email)
    assert address.stopped_at is None
    assert address.waiting_stopped_at is not None


def test_moderator_who_stopped_starts_again(client):
    moderator = make_moderator()
    waiting_comment()
    manage = links_in(mails()[0])[-1]
    client.post(manage, {"wish": "stop_waiting"})
    client.post(manage, {"wish": "start_waiting"})

    waiting_comment()

    assert len(mails(moderator.email)) == 2


def test_former_moderator_hears_no_more_of_what_waited():
    limit(moderator_mails_an_hour=1)
    moderator = make_moderator()
    waiting_comment()
    waiting_comment()
    moderator.user_permissions.clear()
    an_hour_and_a_bit_later()

    notices.tell_what_waited()

    assert len(mails()) == 1


def test_moderators_address_is_no_subscribers():
    """Nobody asked it whether answers may be told."""
    moderator = make_moderator()

    waiting_comment()

    assert not Address.objects.willing().filter(email=moderator.email).exists()


def test_number_of_moderators_costs_the_same_each():
    counts = []
    # The first is not compared: in it is asked for what is remembered between mails.
    for number in (1, 2, 3, 4):
        make_moderator()
        comment = make_comment(status=Status.PENDING)
        with CaptureQueriesContext(connection) as queries:
            notices.tell_moderators.call(comment.pk)
        counts.append(len(queries))
        assert Notice.objects.filter(comment=comment).count() == number

    assert counts[3] - counts[2] == counts[2] - counts[1]


def test_links_to_decide_with_stand_near_the_top_of_a_long_comment():
    moderator = make_user(email="mo@example.org", is_staff=True, is_superuser=True)
    notices.comment_waits(make_comment(status=Status.PENDING, body="Word after word. " * 500))
    run_until_idle()

    [message] = mails(moderator.email)
    assert message.text.index("/comments/decide/") < 2500
    assert "…" in message.text
    assert message.html.count("Word after word.") < 100
