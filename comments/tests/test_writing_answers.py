"""Answers to comments, and forms that are sent twice."""

import pytest
from django.test import Client

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import (
    address_of,
    form_on,
    page_of,
    send,
)
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


# --- Answers ----------------------------------------------------------------------


def test_answer_belongs_to_its_thread(client):
    first = make_comment()
    second = make_comment(parent=first)

    send(client, first.post, parent=str(second.pk))

    answer = Comment.objects.get(status="pending")
    assert (answer.parent, answer.thread, answer.depth) == (second, first, 2)


def test_reply_address_names_whom_one_answers(client):
    comment = make_comment(name="Grace", body="A **bold** claim.")

    response = client.get(f"{address_of(comment.post)}?reply={comment.pk}")

    assert form_on(response)["parent"] == str(comment.pk)
    [quote] = page_of(response).find_class("form-parent")
    assert "Grace" in quote.text_content() and "A bold claim." in quote.text_content()


@pytest.mark.parametrize("status", ["pending", "spam", "removed"])
def test_nobody_answers_what_readers_do_not_see(client, status):
    hidden = make_comment(status=status, body="A secret.")

    page = client.get(f"{address_of(hidden.post)}?reply={hidden.pk}")
    response = send(client, hidden.post, parent=str(hidden.pk))

    assert form_on(page)["parent"] == ""
    assert "A secret." not in page.content.decode() + response.content.decode()
    assert response.status_code == 422


def test_nobody_answers_across_posts(client):
    elsewhere = make_comment()

    response = send(client, make_post(), parent=str(elsewhere.pk))

    assert response.status_code == 422


def test_answer_to_what_was_just_removed_can_be_sent_as_a_comment_of_its_own(client):
    comment = make_comment()
    Comment.objects.update(status="removed")

    again = send(client, comment.post, parent=str(comment.pk), body="My answer.")
    response = client.post(
        address_of(comment.post), form_on(again), headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert response.status_code == 303
    assert Comment.objects.get(body="My answer.").parent is None


# --- Once -------------------------------------------------------------------------


def test_form_sent_twice_makes_one_comment(client):
    post = make_post()

    first, second = send(client, post), send(client, post)

    assert Comment.objects.count() == 1
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_other_words_place_or_person_are_another_comment(client):
    post, parent = make_post(), make_comment()

    for change in [{}, {"body": "More."}, {"name": "Bea"}, {"email": "b@example.org"}]:
        send(client, post, **change)
    send(client, parent.post)
    send(client, parent.post, parent=str(parent.pk))

    assert Comment.objects.filter(status="pending").count() == 6


def test_answer_that_got_lost_is_made_up_for(client):
    """The first answer never arrived, so the browser has no cookie; it comes from the same place."""
    post = make_post()
    send(client, post)

    again = send(Client(), post)

    assert again["Location"] == Comment.objects.get().get_absolute_url()


def test_words_of_somebody_else_lead_to_no_right_over_them(client):
    """Who types another's name, e-mail and words makes a comment of their own, and no more."""
    post = make_post()
    send(client, post)
    stranger = Client()

    response = send(stranger, post, address="198.51.100.1")

    first, second = Comment.objects.order_by("pk")
    assert response["Location"] == second.get_absolute_url()
    assert stranger.get(f"/comments/{first.pk}/edit/").status_code == 404


@pytest.mark.parametrize("email", ["ada@example.org", "bea@example.org"])
def test_repeating_a_comment_does_not_tell_whose_e_mail_it_is(client, email):
    post = make_post()
    send(client, post, email="ada@example.org")
    Comment.objects.update(status="approved")

    response = send(Client(), post, email=email, address="198.51.100.1")

    newest = Comment.objects.order_by("pk").last()
    assert newest.status == "pending"
    assert response["Location"] == newest.get_absolute_url()
