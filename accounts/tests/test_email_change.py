"""A new e-mail for an account."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails

pytestmark = pytest.mark.django_db

PASSWORD = "some unusual words"


@pytest.fixture
def ada() -> User:
    return make_user(email="ada@example.org", password=PASSWORD)


@pytest.fixture
def signed_in(client, ada) -> Client:
    """Ada's browser, where she gave her password just now."""
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    return client


def change(client, email):
    return client.post(reverse("account_email"), {"email": email, "action_add": "1"})


def address_of(user) -> str:
    user.refresh_from_db()
    return user.email


def test_new_address_counts_once_it_is_confirmed(signed_in, ada):
    change(signed_in, "new@example.org")
    link = link_in(mails("new@example.org")[0])
    page = signed_in.get(link)
    before = address_of(ada)

    response = signed_in.post(link)

    assert "new@example.org" in page.content.decode()
    assert before == "ada@example.org"
    assert response["Location"] == reverse("account_email")
    assert address_of(ada) == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]


def test_old_address_hears_of_it(signed_in, ada):
    change(signed_in, "new@example.org")
    signed_in.post(link_in(mails("new@example.org")[0]))

    [notice] = mails("ada@example.org")
    assert "another e-mail than this one" in notice.text
    assert "new@example.org" not in notice.text


def test_old_address_signs_in_no_more(signed_in, ada):
    change(signed_in, "new@example.org")
    signed_in.post(link_in(mails("new@example.org")[0]))
    other = Client()

    other.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in other.session
    other.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})
    assert "_auth_user_id" in other.session


def test_address_that_waits_does_not_sign_in(signed_in, ada):
    change(signed_in, "new@example.org")
    other = Client()

    other.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in other.session


def test_link_needs_its_button(signed_in, ada):
    change(signed_in, "new@example.org")

    signed_in.get(link_in(mails("new@example.org")[0]))

    assert address_of(ada) == "ada@example.org"


def test_link_is_for_whoever_is_signed_in_to_the_account(signed_in, ada):
    """Who got the mail by a slip of somebody's pen cannot give them an address that is not theirs."""
    change(signed_in, "eve@example.org")
    link = link_in(mails("eve@example.org")[0])
    eve = Client()
    eve.force_login(make_user())

    for stranger in [Client(), eve]:
        page = stranger.get(link)
        stranger.post(link)
        assert "Sign in to the account" in page.content.decode()
    assert address_of(ada) == "ada@example.org"
    assert "_auth_user_id" in eve.session


def test_somebody_elses_address_is_not_taken(signed_in, ada):
    eve = make_user(email="eve@example.org")

    response = change(signed_in, "EVE@example.org")

    [message] = mails("eve@example.org")
    assert response.status_code == 302
    assert "You have an account" in message.subject
    assert (address_of(ada), address_of(eve)) == ("ada@example.org", "eve@example.org")


def test_address_taken_meanwhile_is_not_taken_away(signed_in, ada):
    change(signed_in, "new@example.org")
    link = link_in(mails("new@example.org")[0])
    quicker = make_user(email="new@example.org")

    signed_in.post(link)

    assert (address_of(ada), address_of(quicker)) == ("ada@example.org", "new@example.org")


def test_second_wish_replaces_the_first(signed_in, ada):
    change(signed_in, "one@example.org")
    first = link_in(mails("one@example.org")[0])
    change(signed_in, "two@example.org")

    assert signed_in.get(first).status_code == 404
    assert signed_in.post(first).status_code == 404
    assert address_of(ada) == "ada@example.org"


def test_wish_is_dropped(signed_in, ada):
    change(signed_in, "new@example.org")
    link = link_in(mails("new@example.org")[0])

    signed_in.post(reverse("account_email"), {"email": "new@example.org", "action_remove": "1"})

    assert signed_in.get(link).status_code == 404


def test_own_address_cannot_be_dropped(signed_in, ada):
    signed_in.post(reverse("account_email"), {"email": "ada@example.org", "action_remove": "1"})

    assert address_of(ada) == "ada@example.org"


def test_change_asks_for_the_password_after_a_while(signed_in, ada):
    session = signed_in.session
    session["account_authentication_methods"][0]["at"] = time.time() - 3600
    session.save()

    response = change(signed_in, "new@example.org")

    assert reverse("account_reauthenticate") in response["Location"]
    assert mails() == []


def test_guest_is_sent_to_sign_in(client):
    response = change(client, "new@example.org")

    assert response["Location"].startswith(reverse("account_login"))


def test_nothing_but_the_address_is_taken(signed_in, ada):
    signed_in.post(
        reverse("account_email"),
        {"email": "new@example.org", "action_add": "1", "verified": "on", "primary": "on"}
        | {"is_staff": "on", "user": "1"},
    )

    assert address_of(ada) == "ada@example.org"
    assert not ada.is_staff
