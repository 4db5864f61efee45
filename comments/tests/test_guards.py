"""What a form must bring along, and what machines leave behind."""

import pytest
from django.test import Client

from comments import moderation
from comments.models import Comment
from comments.networks import keys_for
from comments.tests.factories import make_comment
from comments.tests.writing import (
    form_on,
    page_of,
    said_on,
    send,
    send_as_member,
    set_rules,
    stamp_of,
)
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


# --- Where a form comes from ------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser of today
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
        {"Origin": "https://blog.example.org"},  # what SITE_URL says, whatever a proxy calls us
        {"Referer": "http://testserver/post/a/"},
    ],
)
def test_form_from_here_is_taken(client, settings, headers):
    settings.SITE_URL = "https://blog.example.org"

    assert send(client, make_post(), headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "same-origin, cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "https://testserver"},
        {"Origin": "http://["},
        {"Origin": "http://testserver@evil.example"},
        {"Referer": "https://evil.example/http://testserver/"},
        {"Origin": "https://evil.example", "Referer": "http://testserver/"},
    ],
)
def test_form_from_elsewhere_is_refused_and_its_text_kept(client, headers):
    response = send(client, make_post(), headers=headers, body="Kept text.")

    assert (response.status_code, form_on(response)["body"]) == (403, "Kept text.")
    assert "not sent from a page of this site" in said_on(response)
    assert not Comment.objects.exists() and not response.cookies


# --- Machines ---------------------------------------------------------------------


def test_trap_is_no_field_for_people(client):
    page = page_of(client.get(make_post().get_absolute_url()))

    [box] = page.find_class("trap")
    [field] = box.xpath(".//input")
    assert box.get("aria-hidden") == "true"
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    assert box.xpath(".//label")[0].text_content() == "Leave this empty"


def test_filled_trap_is_spam_and_is_told_nothing(client):
    """Whoever sent it sees just what they would see of a comment that waits; nobody else does."""
    post = make_post()

    response = send(client, post, topic="cheap", body="Buy this.")

    [comment] = Comment.objects.all()
    assert (comment.status, comment.reason) == ("spam", "honeypot")
    assert response["Location"] == comment.get_absolute_url()
    page = client.get(response["Location"], follow=True).content.decode()
    assert "Buy this." in page
    assert "Awaiting moderation" in page
    assert f"/comments/{comment.pk}/edit/" in page
    assert "Buy this." not in Client().get(post.get_absolute_url()).content.decode()


def test_spam_that_its_author_changes_stays_spam(client):
    set_rules(policy="open")
    send(client, make_post(), topic="cheap", body="Buy this.")
    comment = Comment.objects.get()

    client.post(f"/comments/{comment.pk}/edit/", {"body": "A kind word."})

    comment.refresh_from_db()
    assert (comment.status, comment.body) == ("spam", "A kind word.")


def test_spam_that_a_moderator_named_is_shown_to_nobody(client):
    send(client, make_post(), body="Buy this.")
    comment = Comment.objects.get()
    moderation.mark_spam([comment], make_user())

    assert client.get(comment.get_absolute_url()).status_code == 404
    assert "Buy this." not in client.get(comment.post.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("seconds", "status"), [(0, "pending"), (2, "pending"), (4, "approved")])
def test_nobody_types_in_two_seconds(client, seconds, status):
    set_rules(policy="open")

    send(client, make_post(), stamp=stamp_of(seconds_ago=seconds))

    assert Comment.objects.get().status == status


# --- How much ---------------------------------------------------------------------


def wrote_lately(address, count):
    address_key, network_key = keys_for(address)
    post = make_post()
    Comment.objects.bulk_create(
        Comment(post=post, body="x", address_key=address_key, network_key=network_key)
        for _number in range(count)
    )


def test_more_than_a_few_in_ten_minutes_wait(client):
    set_rules(policy="open", rate_held=3)
    post = make_post()

    for number in range(5):
        send(client, post, body=f"Comment {number}.")

    statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["approved"] * 3 + ["pending"] * 2
    assert Comment.objects.last().reason == "many_comments"


def test_too_many_in_an_hour_are_refused_and_the_text_kept(client):
    set_rules(rate_refused=4)
    wrote_lately("203.0.113.7", 4)

    response = send(client, make_post(), body="Kept text.")

    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert form_on(response)["body"] == "Kept text."
    assert not Comment.objects.filter(body="Kept text.").exists()


def test_neighbours_are_not_refused_for_one_flood_but_for_two(client):
    set_rules(rate_refused=4)
    post = make_post()
    wrote_lately("203.0.113.7", 4)

    first = send(client, post, address="203.0.113.9")
    wrote_lately("203.0.113.8", 3)
    second = send(client, post, address="203.0.113.10", body="Another.")
    elsewhere = send(client, post, address="198.51.100.1", body="One more.")

    assert [first.status_code, second.status_code, elsewhere.status_code] == [303, 429, 303]


def test_header_that_anybody_can_write_buys_no_new_address(client):
    set_rules(rate_refused=2)
    post = make_post()
    answers = []

    for number in range(4):
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=192.0.2.{number}"}
        answers.append(send(client, post, headers=forged, body=f"Number {number}.").status_code)

    assert answers == [303, 303, 429, 429]


def test_proxy_of_ours_names_the_visitor(client, settings):
    settings.TRUSTED_PROXIES = ["203.0.113.7/32"]

    send(client, make_post(), headers={"X-Forwarded-For": "198.51.100.1"})

    assert Comment.objects.get().address_key == keys_for("198.51.100.1")[0]


def test_unknown_addresses_wait_together_but_are_not_one_person(client):
    set_rules(policy="open", rate_held=2, rate_refused=3)
    post = make_post()

    answers = [send(client, post, address="", body=f"Number {n}.") for n in range(5)]

    assert [answer.status_code for answer in answers] == [303] * 5
    statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["approved", "approved", "pending", "pending", "pending"]


def test_comments_of_long_ago_count_no_more(client):
    set_rules(policy="open", rate_held=1, rate_refused=1)
    wrote_lately("203.0.113.7", 3)
    Comment.objects.update(created_at="2020-01-01T00:00:00Z")

    send(client, make_post(), body="Today.")

    assert Comment.objects.get(body="Today.").status == "approved"


def test_network_address_itself_is_kept_nowhere(client):
    send(client, make_post(), address="203.0.113.7")

    [row] = Comment.objects.values()
    assert "203.0.113" not in str(row)


def test_staff_is_not_counted(client):
    set_rules(rate_refused=1)
    wrote_lately("203.0.113.7", 3)
    client.force_login(make_user(is_staff=True))

    assert send_as_member(client, make_comment().post).status_code == 303
