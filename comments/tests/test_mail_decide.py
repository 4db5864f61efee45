"""Moderators hear of what waits, and decide by links that die."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blogsite.outgoing.worker import run_until_idle
from comments import moderation, notices
from comments.models import Address, Comment, Decision, Notice, Status
from comments.tests.factories import make_comment
from comments.tests.letters import an_hour_and_a_bit_later, limit, links_in, mails, stop_path
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def make_moderator(**fields):
    user = make_user(is_staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    return user


def waiting_comment(**fields) -> Comment:
    """A comment of which the moderators have just been told."""
    comment = make_comment(**{"status": Status.PENDING} | fields)
    tell(comment)
    return comment


def tell(comment) -> None:
    notices.comment_waits(comment)
    run_until_idle()


def decide_paths() -> list[str]:
    """The links of the last mail: approve, spam, remove."""
    return [path for path in links_in(mails()[-1]) if path.startswith("/comments/decide/")]


def assert_dead(client, path, comment) -> None:
    status = comment.status
    assert client.get(path).status_code == 410
    response = client.post(path)
    assert response.status_code == 410
    assert comment.body not in response.content.decode()
    comment.refresh_from_db()
    assert comment.status == status


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

    tell(comment)

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
    for number in (1, 2, 3):
        make_moderator()
        comment = make_comment(status=Status.PENDING)
        with CaptureQueriesContext(connection) as queries:
            notices.tell_moderators.call(comment.pk)
        counts.append(len(queries))
        assert Notice.objects.filter(comment=comment).count() == number

    assert counts[2] - counts[1] == counts[1] - counts[0]


# --- The links --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "status"), [(0, Status.APPROVED), (1, Status.SPAM), (2, Status.REMOVED)]
)
def test_link_shows_and_its_post_decides(client, place, status):
    moderator = make_moderator()
    comment = waiting_comment(body="Remarkable words.")
    path = decide_paths()[place]

    shown = client.get(path)
    client.head(path)
    comment.refresh_from_db()
    assert "Remarkable words." in shown.content.decode()
    assert comment.status == Status.PENDING
    response = Client(enforce_csrf_checks=True).post(path)

    assert response.status_code == 200
    comment.refresh_from_db()
    assert comment.status == status
    decision = Decision.objects.get()
    assert (decision.by, decision.via, decision.became) == (moderator, "mail", status)


def test_page_offers_the_two_other_decisions(client):
    make_moderator()
    comment = waiting_comment()

    client.post(decide_paths()[0], {"decision": "removed"})

    comment.refresh_from_db()
    assert comment.status == Status.REMOVED


@pytest.mark.parametrize("decision", ["pending", "", "everything", "approved\0"])
def test_odd_decision_is_the_one_of_the_link(client, decision):
    make_moderator()
    comment = waiting_comment()

    client.post(decide_paths()[1], {"decision": decision})

    comment.refresh_from_db()
    assert comment.status == Status.SPAM


def test_links_die_with_the_decision(client):
    make_moderator()
    comment = waiting_comment()
    paths = decide_paths()
    client.post(paths[0])
    comment.refresh_from_db()

    for path in paths:
        assert_dead(client, path, comment)
    assert Decision.objects.count() == 1


def test_link_dies_when_somebody_else_decides_even_if_taken_back(client):
    make_moderator()
    comment = waiting_comment()
    path = decide_paths()[0]
    moderation.mark_spam([comment], make_user())
    moderation.hold([comment], make_user())
    comment.refresh_from_db()

    assert comment.status == Status.PENDING
    assert_dead(client, path, comment)


def test_link_dies_when_the_text_changes(client):
    make_moderator()
    comment = waiting_comment()
    comment.body = "Quite other words."
    comment.save()

    assert_dead(client, decide_paths()[0], comment)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"is_staff": False}, {"email": "new@example.org"}]
)
def test_link_dies_with_the_moderators_right(client, change):
    moderator = make_moderator()
    comment = waiting_comment()
    for name, value in change.items():
        setattr(moderator, name, value)
    moderator.save()

    assert_dead(client, decide_paths()[0], comment)


def test_link_dies_when_the_permission_is_taken(client):
    moderator = make_moderator()
    comment = waiting_comment()
    moderator.user_permissions.clear()

    assert_dead(client, decide_paths()[0], comment)


def test_link_dies_with_the_account(client):
    moderator = make_user(is_staff=True, is_superuser=True)
    comment = waiting_comment()
    path = decide_paths()[0]
    comment.post.bylines.filter(user=moderator).delete()
    moderator.delete()

    assert_dead(client, path, comment)


def test_link_dies_with_the_comment(client):
    make_moderator()
    comment = waiting_comment()
    path = decide_paths()[0]
    comment.delete()

    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def test_link_dies_after_two_weeks(client, monkeypatch):
    make_moderator()
    comment = waiting_comment()
    path = decide_paths()[0]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + timedelta(days=13, hours=23).total_seconds())
    assert client.get(path).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + timedelta(days=14, hours=1).total_seconds())

    assert_dead(client, path, comment)


def test_link_of_one_comment_is_none_of_another(client):
    make_moderator()
    first, second = waiting_comment(), waiting_comment()
    path = decide_paths()[0]
    token = path.split("/")[3]

    forged = path.replace(token, token.replace(f"{second.pk}-", f"{first.pk}-", 1))

    assert client.post(forged).status_code == 404
    first.refresh_from_db()
    assert first.status == Status.PENDING


def test_decide_page_is_private(client):
    make_moderator()
    waiting_comment()

    response = client.get(decide_paths()[0])

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
