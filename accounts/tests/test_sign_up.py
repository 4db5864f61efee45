"""Making an account: by a mail, with nothing there before its link is followed."""

import pytest
from django.core import signing
from django.urls import reverse

from accounts.models import AccountSettings, User
from accounts.signing_up import links
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db

PASSWORD = "quite unusual words"
FINISH = {"name": "Ada Lovelace", "password": PASSWORD}


def ask(client, email, **more):
    return client.post(reverse("account_signup"), {"email": email} | more)


def link_for(client, email, **more) -> str:
    ask(client, email, **more)
    return link_in(mails(email)[-1])


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_link_in_a_mail_leads_to_an_account(client):
    link = link_for(client, "ada@example.org")
    assert not User.objects.exists()

    page = client.get(link)
    response = client.post(link, FINISH)

    ada = User.objects.get()
    assert "ada@example.org" in page.content.decode()
    assert (ada.email, ada.name, ada.handle) == ("ada@example.org", "Ada Lovelace", "ada-lovelace")
    assert ada.check_password(PASSWORD)
    assert list(ada.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ada@example.org", True, True)
    ]
    assert (response.status_code, response["Location"]) == (302, reverse("accounts:home"))
    assert is_signed_in(client)
    assert Event.objects.filter(verb="accounts.signed_up", actor=ada).count() == 1


def test_page_after_asking_names_no_address(client):
    response = client.post(reverse("account_signup"), {"email": "ada@example.org"}, follow=True)

    assert response.redirect_chain == [(reverse("account_signup_sent"), 302)]
    assert "ada@" not in response.content.decode()


def test_mail_is_secret_plain_and_marked_as_automatic(client):
    ask(client, "Ada@Example.org")

    [message] = mails("ada@example.org")

    assert message.secret
    assert message.headers == {"Auto-Submitted": "auto-generated"}
    assert link_in(message) in message.html


def test_known_address_hears_that_it_has_an_account(client):
    make_user(email="Ada@example.org")

    ask(client, "ada@example.ORG")

    [message] = mails()
    assert "You have an account" in message.subject
    assert "/account/signup/" not in message.text
    assert reverse("account_reset_password") in message.text


def test_one_mail_an_hour_goes_to_an_address(client):
    ask(client, "ada@example.org")
    ask(client, "ada@example.org")

    assert len(mails()) == 1


def test_filled_trap_brings_the_same_page_and_no_mail(client):
    response = ask(client, "ada@example.org", website="https://spam.example")

    assert response["Location"] == reverse("account_signup_sent")
    assert mails() == []


def test_too_many_tries_are_asked_to_wait(client):
    answers = [ask(client, "ada@example.org") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("email", ["", "ada", "ada@example.org\0", f"{'a' * 65}@example.org"])
def test_what_is_no_address_is_refused(client, email):
    response = ask(client, email)

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert mails() == []


# --- The link -----------------------------------------------------------------------


def test_link_is_dead_once_the_account_is_there(client):
    link = link_for(client, "ada@example.org")
    client.post(link, FINISH)
    client.logout()

    again = client.post(link, FINISH | {"name": "Eve"})

    assert again.status_code == client.get(link).status_code == 404
    assert User.objects.get().name == "Ada Lovelace"


def test_link_dies_after_three_days(client, monkeypatch):
    link = link_for(client, "ada@example.org")
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + links.ASKED_FOR.total_seconds() + 1)

    assert client.get(link).status_code == 404


# The last would have another name in each second, and workers of xdist must find the same tests.
@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", "%00", pytest.param(signing.dumps(["ada@example.org", "", 0]), id="signed")],
)
def test_made_up_link_is_dead(client, token):
    assert client.get(f"/account/signup/{token}/").status_code == 404


def test_no_other_site_learns_the_link(client):
    page = client.get(link_for(client, "ada@example.org"))

    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("\u2800", PASSWORD),  # a blank that is a letter to most programs
        ("Ada", ""),
        ("Ada", "short"),
        ("Ada", "password123"),
        ("a" * 121, PASSWORD),
    ],
)
def test_account_needs_a_name_and_a_good_password(client, name, password):
    response = client.post(
        link_for(client, "ada@example.org"), {"name": name, "password": password}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not User.objects.exists()


def test_name_of_a_new_account_stays_on_its_line(client):
    client.post(link_for(client, "ada@example.org"), FINISH | {"name": "\u202eAda\nLovelace"})

    assert User.objects.get().display_name == "Ada Lovelace"


def test_nothing_more_than_name_and_password_is_taken(client):
    powers = {"is_staff": "on", "is_superuser": "on", "email": "eve@example.org", "groups": "1"}

    client.post(link_for(client, "ada@example.org"), FINISH | powers | {"handle": "admin"})

    ada = User.objects.get()
    assert (ada.is_staff, ada.is_superuser, ada.email) == (False, False, "ada@example.org")
    assert (ada.handle, ada.groups.count()) == ("ada-lovelace", 0)


def test_somebody_signed_in_makes_no_second_account(client):
    link = link_for(client, "ada@example.org")
    client.force_login(make_user())

    response = client.post(link, FINISH)

    assert "You are signed in already" in response.content.decode()
    assert not User.objects.filter(email="ada@example.org").exists()


def test_two_links_make_one_account(client):
    first = links.link("ada@example.org").removeprefix("http://testserver")
    second = links.link("ADA@example.org").removeprefix("http://testserver")

    client.post(first, FINISH)
    client.logout()
    response = client.post(second, FINISH | {"name": "Eve"})

    assert response.status_code == 404
    assert User.objects.count() == 1


# --- Where it leads -----------------------------------------------------------------


def test_link_leads_back_to_where_somebody_came_from(client):
    response = client.post(link_for(client, "ada@example.org", next="/post/x/"), FINISH)

    assert response["Location"] == "/post/x/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:x", "x", "/a\0b", "/" * 501]
)
def test_link_leads_to_no_other_site(client, target):
    response = client.post(link_for(client, "ada@example.org", next=target), FINISH)

    assert response["Location"] == reverse("accounts:home")


# --- Who may ------------------------------------------------------------------------


def test_nobody_signs_up_where_it_is_off(client):
    link = links.link("ada@example.org").removeprefix("http://testserver")
    AccountSettings(sign_up="off").save()

    page = ask(client, "ada@example.org")

    assert "Nobody can make an account at present" in page.content.decode()
    assert mails() == []
    assert client.post(link, FINISH).status_code == 404
    assert not User.objects.exists()


def test_uninvited_hear_nothing_where_one_must_be_invited(client):
    AccountSettings(sign_up="invited").save()

    page = client.get(reverse("account_signup"))
    response = ask(client, "ada@example.org")

    assert "Only those who were invited" in page.content.decode()
    assert response["Location"] == reverse("account_signup_sent")
    assert mails() == []
