"""A moderator decides by a link, which dies with anything that changes."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import AccountSettings
from accounts.tests.second_steps import give_app
from comments import moderation
from comments.models import Decision, Status
from comments.tests.letters import (
    decide_paths,
    waiting_comment,
)
from comments.tests.moderating import make_moderator
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def assert_dead(client, path, comment) -> None:
    status = comment.status
    assert client.get(path).status_code == 410
    response = client.post(path)
    assert response.status_code == 410
    assert comment.body not in response.content.decode()
    comment.refresh_from_db()
    assert comment.status == status


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


def test_link_of_who_lacks_the_second_step_they_must_have_decides_nothing(client):
    moderator = make_moderator()
    comment = waiting_comment()
    path = decide_paths()[0]

    AccountSettings(staff_needs_second_step=True).save()
    assert_dead(client, path, comment)

    give_app(moderator)
    assert client.post(path).status_code == 200


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
