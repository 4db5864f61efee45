"""Members write: nothing to fill in, and a token to prove it is them."""

import pytest

from comments.models import Comment
from comments.tests.writing import (
    address_of,
    fields,
    form_on,
    page_of,
    said_on,
    send_as_member,
)
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def test_member_has_nothing_to_fill_in_but_the_text(strict, member):
    post = make_post()

    response = send_as_member(strict, post, body="By a member.")

    [comment] = Comment.objects.all()
    assert (response.status_code, comment.member, comment.name) == (303, member, "")
    assert comment.author_name == "Mel"
    assert "guest" not in response.cookies
    assert "By a member." in said_on(strict.get(response["Location"], follow=True))


def test_page_with_a_members_form_is_theirs_alone(strict):
    response = strict.get(make_post().get_absolute_url())

    assert set(form_on(response)) == {
        "csrfmiddlewaretoken", "body", "subscription", "parent", "stamp", "topic"
    }  # fmt: skip
    assert response["Cache-Control"] == "private, no-store"


def test_member_cannot_write_as_somebody_else(strict, member):
    other = make_user()

    send_as_member(
        strict, make_post(), name="Eve", member=str(other.pk), status="approved", reason="staff"
    )

    [comment] = Comment.objects.all()
    assert (comment.member, comment.name, comment.status) == (member, "", "pending")


@pytest.mark.parametrize("token", [None, "", "x" * 64])
def test_member_without_the_token_gets_the_form_again(strict, token):
    post = make_post()
    sent = fields(body="Kept text.") | ({"csrfmiddlewaretoken": token} if token is not None else {})

    response = strict.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})
    again = form_on(response)

    assert (response.status_code, again["body"]) == (403, "Kept text.")
    assert "older than your session" in said_on(response)
    assert not Comment.objects.exists()
    response = strict.post(address_of(post), again, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303


def test_expired_session_keeps_the_text(strict):
    post = make_post()
    sent = form_on(strict.get(address_of(post))) | {"body": "Kept text.", "subscription": "post"}
    strict.session.flush()

    response = strict.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})

    form = form_on(response)
    assert (response.status_code, form["body"], form["subscription"]) == (403, "Kept text.", "post")
    assert {"name", "email"} < form.keys()
    assert "You are not signed in any more." in said_on(response)
    assert not page_of(response).xpath("//ul[@class='errorlist']")
