"""Writing while the database or the disk fails: the writer keeps the text, and may send it again."""

import os
import sqlite3

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from comments.models import Comment
from comments.tests.writing import (
    HERE,
    address_of,
    fields,
    form_on,
    said_on,
    send,
)
from posts.tests.factories import make_post, make_user

ON_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_SQLITE, reason="only SQLite has one lock for all, and a file to fill"
    ),
]


@pytest.fixture
def impatient():
    """The database connection waits for others a moment, and not the usual seconds."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    yield
    connection.close()  # the next one is as the settings say


@pytest.fixture
def locked(impatient):
    """Another program holds the database; call it to let go."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield lambda: other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def post():
    """Made before the fixtures above lock what it is made in."""
    return make_post()


@pytest.fixture
def full(post):
    """No page more fits into the database; call it to make room."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests have freed would be room
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    yield connection.close
    connection.close()


def test_locked_database_asks_to_send_again(client, post, locked):
    refused = send(client, post, body="Kept text.", remember="on")
    locked()
    again = client.post(address_of(post), form_on(refused), headers=HERE)

    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert refused["Cache-Control"] == "private, no-store"
    assert "Your comment is not stored yet" in said_on(refused)
    assert form_on(refused)["remember"] == "on"
    assert again.status_code == 303
    assert Comment.objects.get().body == "Kept text."


def test_member_sends_again_with_the_same_session(post, impatient):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    sent = form_on(client.get(address_of(post))) | {"body": "Kept text."}
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)

    other.execute("BEGIN EXCLUSIVE")
    refused = client.post(address_of(post), sent, headers=HERE)
    other.execute("ROLLBACK")
    other.close()
    again = client.post(address_of(post), form_on(refused), headers=HERE)

    assert (refused.status_code, again.status_code) == (503, 303)
    assert "name" not in form_on(refused)
    assert Comment.objects.get().body == "Kept text."


def test_full_disk_asks_to_send_again(client, post, full):
    body = os.urandom(4_000).hex()  # more than what is left in the last pages

    refused = send(client, post, body=body)
    full()
    again = client.post(address_of(post), form_on(refused), headers=HERE)

    assert (refused.status_code, form_on(refused)["body"]) == (503, body)
    assert again.status_code == 303
    assert Comment.objects.get().body == body


def test_change_keeps_its_text_as_well(client, post, impatient):
    send(client, post)
    comment = Comment.objects.get()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)

    other.execute("BEGIN EXCLUSIVE")
    refused = client.post(f"/comments/{comment.pk}/edit/", {"body": "Kept text."}, headers=HERE)
    other.execute("ROLLBACK")
    other.close()
    again = client.post(f"/comments/{comment.pk}/edit/", form_on(refused), headers=HERE)

    assert (refused.status_code, again.status_code) == (503, 303)
    assert Comment.objects.get().body == "Kept text."


def test_database_that_is_away_altogether_costs_no_text(client, post, settings, tmp_path):
    """Not even the post can be read, so the page is made of what was sent alone."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = tmp_path / "missing" / "db.sqlite3"
    try:
        refused = client.post(address_of(post), fields(body="Kept text."), headers=HERE)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name

    assert (refused.status_code, form_on(refused)["body"]) == (503, "Kept text.")
