"""A guest writes a comment under a post, through the page."""

import time

import pytest
from django.test import Client

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import (
    address_of,
    fields,
    form_on,
    page_of,
    said_on,
    send,
    stamp_of,
)
from comments.writing.forms import BODY_MAX_LENGTH
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_guest_writes_and_waits(client):
    post = make_post()

    response = send(client, post, body="A *first* word.", name="Ada", email="Ada@Example.org")

    [comment] = Comment.objects.all()
    assert (response.status_code, response["Location"]) == (303, comment.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"
    assert (comment.post, comment.name, comment.email) == (post, "Ada", "ada@example.org")
    assert (comment.body, comment.status) == ("A *first* word.", "pending")
    assert comment.writing_seconds in {60, 61}
    assert comment.address_key and comment.network_key


def test_guest_sees_what_waits_and_nobody_else_does(client):
    post = make_post()

    response = send(client, post, body="Only mine so far.")
    landed = client.get(response["Location"], follow=True)

    assert "Only mine so far." in said_on(landed)
    assert "Awaiting moderation" in said_on(landed)
    assert landed["Cache-Control"] == "private, no-store"
    assert "Only mine" not in said_on(Client().get(post.get_absolute_url()))
    assert Client().get(response["Location"]).status_code == 404


def test_page_for_guests_is_the_same_for_all_and_holds_nothing_of_anybody(client):
    post = make_post()

    first, second = client.get(post.get_absolute_url()), Client().get(post.get_absolute_url())

    stamp = form_on(first)["stamp"].encode()
    assert first.content.replace(stamp, b"") == second.content.replace(
        form_on(second)["stamp"].encode(), b""
    )
    assert not first.cookies and b"csrf" not in first.content
    assert first["Cache-Control"].startswith("public")
    assert "Cookie" not in first.get("Vary", "")


def test_page_is_unchanged_to_caches_while_only_its_stamp_differs(client, monkeypatch):
    post = make_post()
    first = client.get(post.get_absolute_url())
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 60)
    later = client.get(post.get_absolute_url())
    asked = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    monkeypatch.setattr(time, "time", lambda: now + 4 * 86_400)
    days_later = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert form_on(first)["stamp"] != form_on(later)["stamp"]
    assert (asked.status_code, days_later.status_code) == (304, 200)


def test_changed_page_is_changed_to_caches(client):
    post = make_post()
    first = client.get(post.get_absolute_url())

    make_comment(post=post)

    asked = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert asked.status_code == 200


def test_line_breaks_count_and_are_kept_as_one_sign(client):
    post = make_post()
    body = "a\r\n" * (BODY_MAX_LENGTH // 2 - 1) + "b"

    send(client, post, body=body)

    assert Comment.objects.get().body == body.replace("\r\n", "\n")


def test_indented_code_at_the_start_stays_code(client):
    send(client, make_post(), body="\r\n    x = 1\r\n")

    assert Comment.objects.get().body == "    x = 1"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\r\nBcc: x@example.org", "Ada Bcc: x@example.org"),
        ("\u202egnp.exe", "gnp.exe"),
        ("آ\u200cدا", "آ\u200cدا"),  # a sign of no width that Persian needs
        ("<b>Ada</b>", "<b>Ada</b>"),
    ],
)
def test_name_stays_on_one_line(client, typed, stored):
    send(client, make_post(), name=typed)

    assert Comment.objects.get().name == stored


def test_site_without_scheme_gets_one(client):
    send(client, make_post(), site="example.org/ada")

    assert Comment.objects.get().site == "https://example.org/ada"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "\u200b\u3164"},
        {"name": "\u200d\u2800\u061c\ufe0f"},
        {"name": "x" * 121},
        {"name": None},
        {"email": ""},
        {"email": "ada@"},
        {"email": "ada@example.org\nBcc: x@example.org"},
        {"email": f"{'x' * 250}@example.org"},
        {"site": "javascript:alert(1)"},
        {"site": "ftp://example.org"},
        {"site": "http://["},
        {"site": f"https://example.org/{'x' * 500}"},
        {"body": "Kept text." + "\0"},
        {"body": "Kept text." * (BODY_MAX_LENGTH // 10) + "x"},
        {"subscription": "everything"},
        {"stamp": ""},
        {"stamp": None},
        {"stamp": "1:forged"},
        {"stamp": stamp_of(seconds_ago=15 * 86_400)},
        {"parent": "999"},
        {"parent": "9" * 30},
        {"parent": "½"},
    ],
)
def test_wrong_form_comes_back_with_all_that_was_typed(client, change):
    post = make_post()
    sent = fields(**{"body": "Kept text.", "subscription": "thread", "remember": "on"} | change)

    response = client.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 422
    assert response["Cache-Control"] == "private, no-store"
    assert page_of(response).find_class("form-trouble")
    form = form_on(response)
    for name in {"body", "name", "email", "site", "remember"} & sent.keys():
        expected = sent[name].replace("\0", "").replace("\n", "")
        assert form.get(name, "").replace("\ufffd", "").replace("\n", "") == expected, name
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "   \n\n  ", None])
def test_empty_comment_is_asked_for_words(client, body):
    response = send(client, make_post(), body=body)

    assert response.status_code == 422
    assert "Please write something first." in said_on(response)


def test_trouble_is_said_in_a_summary_and_beside_the_field(client):
    response = send(client, make_post(), email="nonsense")

    page = page_of(response)
    [link] = page.xpath("//*[@role='alert']//a")
    assert page.get_element_by_id(link.get("href").removeprefix("#")).get("name") == "email"
    assert page.xpath("//input[@name='email']/@aria-invalid") == ["true"]
    [error] = page.xpath("//ul[@id='comment-write-email_error']/li")
    assert "no complete e-mail" in error.text_content()


@pytest.mark.parametrize(
    "stamp", ["", "1:forged", stamp_of(seconds_ago=15 * 86_400)], ids=["none", "forged", "old"]
)
def test_form_with_a_bad_stamp_can_be_sent_again_as_it_comes_back(client, stamp):
    post = make_post()

    again = form_on(send(client, post, stamp=stamp))
    response = client.post(address_of(post), again, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 303


def test_good_stamp_stays_when_the_form_comes_back(client):
    stamp = stamp_of(seconds_ago=100)

    response = send(client, make_post(), name="", stamp=stamp)

    assert form_on(response)["stamp"] == stamp
