"""Signing in through another site, against one that speaks OpenID Connect on this machine."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from accounts.models import AccountSettings, Invitation, User
from accounts.tests.factories import make_user
from accounts.tests.mails import mails
from accounts.tests.openid import CLIENT, SECRET, OpenIDSite
from accounts.tests.second_steps import give_app
from blogsite import urls  # noqa: F401 - now, while no other site is named in the settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("accounts.tests.social_urls")]

PASSWORD = "some unusual words"
LOGIN = "/account/social/oidc/own/login/"


@pytest.fixture
def other_site(settings):
    with OpenIDSite() as site:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "own",
                        "name": "Our Login",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {"server_url": site.address},
                    }
                ],
            }
        }
        yield site


def come_back(client, other_site, path=LOGIN):
    """Go to the other site by the button, be sent back, and give the answer to that."""
    there = client.post(path)["Location"]
    assert there.startswith(f"{other_site.address}/authorize?")
    return client.get(follow(there))


def follow(there: str) -> str:
    """Where the other site at the address `there` sends somebody back to."""
    import requests

    back = requests.get(there, allow_redirects=False, timeout=60).headers["Location"]
    return back.removeprefix("http://testserver")


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def confirmed(email="ada@example.org", **more) -> dict:
    return {"sub": "7", "name": "Ada Lovelace", "email": email, "email_verified": True} | more


def test_newcomer_gets_an_account(client, other_site):
    other_site.person = confirmed("Ada@Example.org")

    response = come_back(client, other_site)

    ada = User.objects.get()
    assert response["Location"] == reverse("accounts:home")
    assert (ada.email, ada.name, ada.handle) == ("ada@example.org", "Ada Lovelace", "ada-lovelace")
    assert not ada.has_usable_password()
    assert list(ada.emailaddress_set.values_list("email", "verified")) == [(ada.email, True)]
    assert is_signed_in(client)


def test_known_face_is_let_in_again(client, other_site):
    other_site.person = confirmed()
    come_back(client, other_site)
    client.logout()
    other_site.person = confirmed("moved@example.org", name="Eve")

    come_back(client, other_site)

    assert is_signed_in(client)
    assert [(user.email, user.name) for user in User.objects.all()] == [
        ("ada@example.org", "Ada Lovelace")
    ]


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_address_that_is_not_confirmed_makes_no_account(client, other_site, verified):
    other_site.person = confirmed(email_verified=verified)

    response = come_back(client, other_site)

    assert "There is no confirmed address" in response.content.decode()
    assert not User.objects.exists()
    assert not is_signed_in(client)


@pytest.mark.parametrize("verified", [True, False])
def test_account_that_is_there_is_not_taken_over(client, other_site, verified):
    make_user(email="Ada@example.org", password=PASSWORD)
    other_site.person = confirmed(email_verified=verified)

    response = come_back(client, other_site)

    assert response.status_code == 403
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_owner_connects_after_signing_in(client, other_site):
    ada = make_user(email="ada@example.org", password=PASSWORD)
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})

    response = come_back(client, other_site, f"{LOGIN}?process=connect")
    client.logout()
    come_back(client, other_site)

    assert response["Location"] == reverse("socialaccount_connections")
    assert SocialAccount.objects.get().user == ada
    assert is_signed_in(client)
    assert any("another site was allowed" in mail.text for mail in mails(ada.email))


def test_second_step_is_asked_of_whoever_comes_from_elsewhere(client, other_site):
    other_site.person = confirmed()
    come_back(client, other_site)
    client.logout()
    give_app(User.objects.get())

    response = come_back(client, other_site)

    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_owner_disconnects(client, other_site):
    ada = make_user(email="ada@example.org", password=PASSWORD)
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    come_back(client, other_site, f"{LOGIN}?process=connect")
    page = client.get(reverse("socialaccount_connections"))

    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert "Our Login" in page.content.decode()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("sign_up", ["off", "invited"])
def test_site_that_takes_nobody_takes_nobody_through_others(client, other_site, sign_up):
    AccountSettings(sign_up=sign_up).save()
    other_site.person = confirmed()

    response = come_back(client, other_site)

    assert "You have no account here" in response.content.decode()
    assert not User.objects.exists()


def test_invited_person_may_come_through_another_site(client, other_site):
    AccountSettings(sign_up="invited").save()
    Invitation.objects.create(email="ada@example.org")
    other_site.person = confirmed()

    come_back(client, other_site)

    assert is_signed_in(client)
    assert Invitation.objects.get().accepted_at


def test_looking_at_the_address_leads_nowhere(client, other_site):
    page = client.get(LOGIN)

    assert page.status_code == 200
    assert "You go on to Our Login" in page.content.decode()


def test_answer_that_was_not_asked_for_is_not_believed(client, other_site):
    other_site.person = confirmed()

    client.get(f"{LOGIN}callback/?code=c&state=made-up")

    assert not User.objects.exists()
    assert not is_signed_in(client)


def test_statement_for_another_site_is_not_believed(client, other_site):
    other_site.person = confirmed(aud="another site of theirs")

    come_back(client, other_site)

    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_other_site_is_asked_with_proof(client, other_site):
    there = client.post(LOGIN)["Location"]
    query = parse_qs(urlsplit(there).query)
    other_site.person = confirmed()
    come_back(client, other_site)

    assert query["code_challenge_method"] == ["S256"]
    assert len(other_site.asked[0]["code_verifier"]) >= 43


@pytest.mark.parametrize("name", ["", "ada@example.org", None, "x" * 500, "\0", ["a"], "\u202e"])
def test_name_from_elsewhere_is_made_fit(client, other_site, name):
    other_site.person = confirmed(name=name)

    come_back(client, other_site)

    assert 0 < len(User.objects.get().display_name) <= 120
    assert "@" not in User.objects.get().display_name


def test_start_page_leads_to_the_connections(client, other_site):
    client.force_login(make_user())

    page = client.get(reverse("accounts:home")).content.decode()

    assert f'href="{reverse("socialaccount_connections")}"' in page


def test_sign_in_page_offers_it(client, other_site):
    page = client.get(reverse("account_login")).content.decode()

    assert "Sign in with Our Login" in page
    assert f'action="{LOGIN}"' in page


@pytest.mark.urls("blogsite.urls")
def test_nothing_is_there_where_no_other_site_is_named(client):
    page = client.get(reverse("account_login")).content.decode()

    assert "Sign in with" not in page.replace("Sign in with a passkey", "")
    assert client.get("/account/social/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("socialaccount_connections")


def test_who_comes_back_to_a_read_only_site_changes_nothing(client, other_site):
    other_site.person = confirmed()
    there = client.post(LOGIN)["Location"]
    back = follow(there)
    call_command("lock_site", "--read-only", "--except-staff")

    response = client.get(back)

    assert response.status_code == 503
    assert not User.objects.exists()
