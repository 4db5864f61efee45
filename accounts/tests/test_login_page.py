"""The page to sign in by, and the one to sign out."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "some unusual words"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "http://testserver@evil.example/",
    "/\t/evil.example/",
]


@pytest.fixture
def ada() -> User:
    return make_user(email="ada@example.org", password=PASSWORD)


def sign_in(client, login="ada@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": login, "password": password} | more)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["ada@example.org", "Ada@EXAMPLE.org", " ada@example.org "])
def test_address_and_password_let_in(client, ada, login):
    response = sign_in(client, login)

    assert response["Location"] == reverse("accounts:home")
    assert is_signed_in(client)


def test_session_gets_a_new_key(client, ada):
    client.get(reverse("account_login"))
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_session_ends_with_the_browser_unless_it_is_to_stay(client, ada):
    short, long = Client(), Client()

    sign_in(short)
    sign_in(long, remember="on")

    assert short.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert long.cookies[settings.SESSION_COOKIE_NAME]["max-age"] > 24 * 60 * 60


def test_wrong_password_keeps_out_and_is_not_shown_again(client, ada):
    response = sign_in(client, password="wrong but long")

    assert "The e-mail or the password is wrong." in response.content.decode()
    assert "wrong but long" not in response.content.decode()
    assert not is_signed_in(client)


def test_closed_account_is_not_let_in(client, ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)

    sign_in(client)

    assert not is_signed_in(client)


def test_author_without_a_password_is_not_let_in(client):
    make_user(email="guest@example.org", password=None)

    for password in ["", "None", "!"]:
        sign_in(client, "guest@example.org", password)

    assert not is_signed_in(client)


def test_somebody_signed_in_is_led_on(client, ada):
    client.force_login(ada)

    assert client.get(reverse("account_login"))["Location"] == reverse("accounts:home")


# --- Where it leads -----------------------------------------------------------------


def test_sign_in_leads_back(client, ada):
    page = client.get(reverse("account_login"), {"next": "/post/x/"})

    assert 'name="next" value="/post/x/"' in page.content.decode()
    assert sign_in(client, next="/post/x/")["Location"] == "/post/x/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_in_leads_to_no_other_site(client, ada, target):
    assert sign_in(client, next=target)["Location"] == reverse("accounts:home")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_sign_out_leads_to_no_other_site(client, ada, target):
    client.force_login(ada)

    assert client.post(reverse("account_logout"), {"next": target})["Location"] == reverse(
        "account_login"
    )


def test_next_of_a_trusted_neighbour_is_another_site(client, ada, settings):
    settings.ALLOWED_HOSTS = ["testserver", "neighbour.example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://neighbour.example"]

    response = sign_in(client, next="https://neighbour.example/")

    assert response["Location"] == reverse("accounts:home")


# --- Signing out --------------------------------------------------------------------


def test_looking_at_the_page_signs_nobody_out(client, ada):
    client.force_login(ada)

    page = client.get(reverse("account_logout"))

    assert "Sign out" in page.content.decode()
    assert is_signed_in(client)


def test_button_signs_out(client, ada):
    client.force_login(ada)

    response = client.post(reverse("account_logout"))

    assert response["Location"] == reverse("account_login")
    assert not is_signed_in(client)


def test_who_signed_out_is_told(client, ada):
    client.force_login(ada)

    page = client.post(reverse("account_logout"), follow=True).content.decode()

    assert "You are signed out." in page


def test_form_that_stores_nothing_does_not_speak_of_storing(client):
    page = sign_in(client, login="no address").content.decode()

    assert "<p>Please look at this again:</p>" in page


def test_other_site_signs_nobody_in_or_out(ada):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    assert strict.post(reverse("account_logout")).status_code == 403
    assert is_signed_in(strict)
    other = Client(enforce_csrf_checks=True)
    assert sign_in(other).status_code == 403


# --- Every page of accounts ------------------------------------------------------------

OPEN = [
    "account_login",
    "account_signup",
    "account_signup_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "account_email_verification_sent",
]
OWN = [
    "accounts:home",
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
    "usersessions_list",
]


@pytest.mark.parametrize("name", OPEN + OWN)
def test_page_is_ours_and_kept_by_nobody(client, ada, name):
    if name in OWN:
        sign_in(client)

    page = client.get(reverse(name))

    text = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in text
    assert "· Blogsite</title>" in text
    assert "style=" not in text
    assert "<script>" not in text


@pytest.mark.parametrize("name", OWN)
def test_page_of_ones_own_asks_to_sign_in(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_program_that_asks_for_data_gets_the_page(client, name):
    page = client.get(reverse(name), headers={"Accept": "application/json"})

    assert page["Content-Type"].startswith("text/html")


def test_password_is_changed_and_told(client, ada):
    from accounts.tests.mails import mails

    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "other unusual words", "is_staff": "on"},
    )

    ada.refresh_from_db()
    assert response.status_code == 302
    assert ada.check_password("other unusual words")
    assert not ada.is_staff
    assert is_signed_in(client) and client.get(reverse("accounts:home")).status_code == 200
    assert elsewhere.get(reverse("accounts:home")).status_code == 302
    assert "Your password was changed." in mails("ada@example.org")[-1].text


def test_password_is_not_changed_without_the_old_one(client, ada):
    sign_in(client)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": "wrong", "password1": "other unusual words"},
    )

    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_managers_of_passwords_find_the_page(client):
    response = client.get("/.well-known/change-password")

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("account_change_password"),
    )
