"""Refusals are lines of the log, without what could let somebody in."""

import pytest
from django.test import Client

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def refusals(caplog):
    return lambda: [row.getMessage() for row in caplog.records if row.name == "blogsite.audit"]


def test_refusal_for_want_of_a_right_names_who_and_from_where(client, refusals):
    user = make_user(is_staff=True)
    client.force_login(user)
    before = len(refusals())

    client.get("/admin/posts/post/", REMOTE_ADDR="203.0.113.9")

    assert refusals()[before:] == [
        f"refused 403 to user {user.pk} at GET admin:posts_post_changelist from 203.0.113.9"
    ]


def test_form_without_proof_of_origin_is_told_as_well(refusals):
    stranger = Client(enforce_csrf_checks=True)

    stranger.post("/account/login/?next=/secret/", {"password": "secret"})

    [line] = refusals()
    assert line == "refused 403 to a visitor at POST account_login from 127.0.0.1"


def test_answers_that_refuse_nothing_are_not_told(client, refusals):
    client.get("/")
    client.get("/nothing/here/")

    assert refusals() == []
