"""What an operator can do in a terminal."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import login_links
from accounts.tests.entrance import PASSWORD, from_network, is_signed_in, try_to_sign_in
from accounts.tests.factories import make_user
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


@pytest.fixture
def ada():
    return make_user(email=ADA, password=PASSWORD)


def run(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def last_event(verb: str) -> Event:
    return Event.objects.filter(verb=verb).latest("pk")


@pytest.mark.parametrize("command", ["reset_mfa", "sign_out_everywhere", "create_login_link"])
def test_command_for_nobody_says_so(command):
    with pytest.raises(CommandError, match="Nobody here has the e-mail nobody@"):
        run(command, "nobody@example.org")

    assert not Event.objects.exists()


# --- Second steps -----------------------------------------------------------------


def test_reset_mfa_takes_away_second_steps_of_one_person(ada):
    grace = make_user()
    for user in [ada, grace]:
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    said = run("reset_mfa", "Ada@example.org")

    assert said == "ada@example.org has no second step any more; 1 removed."
    assert list(Authenticator.objects.values_list("user", flat=True)) == [grace.pk]
    event = last_event("accounts.second_step_removed")
    assert (event.target_id, event.actor_name) == (str(ada.pk), "manage.py reset_mfa")
    assert event.details == {"kinds": ["totp"], "count": 1}


def test_reset_mfa_of_somebody_without_any_changes_nothing(ada):
    assert run("reset_mfa", ADA).endswith("0 removed.")


# --- Sessions ---------------------------------------------------------------------


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_sign_out_everywhere_ends_the_sessions_of_one_person(ada):
    grace = make_user()
    browsers = [browser_of(ada), browser_of(ada)]
    others = browser_of(grace)

    said = run("sign_out_everywhere", ADA)

    assert said == "2 sessions of ada@example.org ended."
    assert not any(is_signed_in(each, ada) for each in browsers)
    assert is_signed_in(others, grace)
    event = last_event("accounts.session_ended")
    assert (event.target_id, event.details["count"]) == (str(ada.pk), 2)


def test_sign_out_everywhere_ends_all_sessions(ada):
    grace = make_user()
    browsers = [(browser_of(ada), ada), (browser_of(grace), grace)]

    said = run("sign_out_everywhere", "--all")

    assert said == "2 sessions of everybody ended."
    assert not any(is_signed_in(client, user) for client, user in browsers)
    assert last_event("accounts.session_ended").details == {"everybody": True, "count": 2}


@pytest.mark.parametrize("arguments", [[], [ADA, "--all"]])
def test_sign_out_everywhere_wants_one_or_all(arguments):
    with pytest.raises(CommandError, match="Name one e-mail, or give --all"):
        run("sign_out_everywhere", *arguments)


# --- Links that sign in -----------------------------------------------------------


def path_of(link: str) -> str:
    assert link.startswith(f"{settings.SITE_URL}/account/link/")
    return link.removeprefix(settings.SITE_URL)


def press(client: Client, link: str):
    """Open the link and press its button."""
    page = client.get(path_of(link), follow=True)
    assert page.redirect_chain == [(reverse("accounts:sign_in_by_link"), 302)]
    return client.post(reverse("accounts:sign_in_by_link"))


def test_login_link_signs_in_once(ada, client):
    link = run("create_login_link", ADA)
    browser = Client()

    response = press(browser, link)

    assert (response.status_code, response.url) == (302, reverse("account_change_password"))
    assert is_signed_in(browser, ada)
    assert press(client, link).status_code == 410
    assert not is_signed_in(client, ada)
    event = last_event("accounts.login_link_made")
    assert (event.target_id, event.details) == (str(ada.pk), {})


def test_login_link_that_is_only_opened_signs_nobody_in(ada, client):
    link = run("create_login_link", ADA)

    page = client.get(path_of(link), follow=True)

    assert page.status_code == 200
    assert ada.name in page.content.decode()
    assert not is_signed_in(client, ada)
    assert press(client, link).status_code == 302


def test_login_link_needs_the_proof_of_origin(ada):
    client = Client(enforce_csrf_checks=True)
    client.get(path_of(run("create_login_link", ADA)))

    assert client.post(reverse("accounts:sign_in_by_link")).status_code == 403
    assert not is_signed_in(client, ada)


def test_login_link_ends_after_fifteen_minutes(ada, client, monkeypatch):
    link = run("create_login_link", ADA)
    monkeypatch.setattr(login_links, "GOOD_FOR", timedelta(seconds=-1))

    assert press(client, link).status_code == 410


@pytest.mark.parametrize("change", ["password", "sign_in", "inactive", "gone"])
def test_login_link_ends_when_the_account_changes(ada, client, change):
    link = run("create_login_link", ADA)
    if change == "password":
        ada.set_password("another fine password")
    elif change == "sign_in":
        ada.last_login = timezone.now()
    elif change == "inactive":
        ada.is_active = False
    ada.delete() if change == "gone" else ada.save()

    assert press(client, link).status_code == 410


def test_forged_login_link_signs_nobody_in(ada, client):
    link = run("create_login_link", ADA)

    assert press(client, link[:-3] + "abc/").status_code == 410


def test_of_two_who_press_at_once_one_is_signed_in(ada):
    """Both have been shown the page; the account changes only when the first is through."""
    token = path_of(run("create_login_link", ADA)).split("/")[-2]

    assert [login_links.use_up(token), login_links.use_up(token)] == [ada, None]


def test_login_link_still_asks_for_the_second_step(ada, client):
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")

    response = press(client, run("create_login_link", ADA))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("mfa_authenticate"))
    assert not is_signed_in(client, ada)


def test_person_with_a_login_link_sets_a_password_without_the_old_one(ada, client):
    press(client, run("create_login_link", ADA))
    page = client.get(reverse("account_change_password"))
    assert "oldpassword" not in page.content.decode()

    sent = {"password1": "a fine new one", "password2": "a fine new one"}
    response = client.post(reverse("account_change_password"), sent)

    assert response.status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("a fine new one")


def test_person_with_a_password_is_asked_for_the_old_one(ada, client):
    try_to_sign_in(client, ADA, PASSWORD)

    sent = {"password1": "a fine new one", "password2": "a fine new one"}
    response = client.post(reverse("account_change_password"), sent)

    assert response.status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_login_link_is_made_for_nobody_who_may_not_sign_in():
    make_user(email=ADA, is_active=False)

    with pytest.raises(CommandError, match="not active"):
        run("create_login_link", ADA)


def test_login_link_is_in_no_record_and_no_log(ada, client, caplog):
    with caplog.at_level("DEBUG"):
        link = run("create_login_link", ADA)
        press(client, link)
        press(client, link)

    token = link.split("/")[-2]
    assert Event.objects.filter(verb="accounts.login_link_made").count() == 1
    assert token not in caplog.text
    assert token not in str(list(Event.objects.values()))


def test_person_reads_that_a_link_was_made(ada, client):
    press(client, run("create_login_link", ADA))

    page = client.get(reverse("accounts:activity")).content.decode()

    assert "An operator of the site made a link that signs in as you." in page


# --- The first password -----------------------------------------------------------


def test_first_password_ends_with_the_next(ada):
    ada.has_first_password = True
    ada.save()
    assert ada.check_password(PASSWORD)
    assert ada.has_first_password

    ada.set_password("another fine password")
    ada.save()

    ada.refresh_from_db()
    assert not ada.has_first_password


def test_desk_asks_for_another_than_the_first_password(ada, client):
    ada.is_staff = ada.is_superuser = ada.has_first_password = True
    ada.save()
    client.force_login(ada)
    asked = client.get("/admin/").content.decode()
    ada.has_first_password = False
    ada.save()

    assert reverse("account_change_password") in asked
    assert "printed at the first start" in asked
    assert "printed at the first start" not in client.get("/admin/").content.decode()


def test_first_password_stays_when_only_its_hash_is_made_anew(ada, settings):
    ada.has_first_password = True
    ada.save()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    assert ada.check_password(PASSWORD)

    ada.save()
    ada.refresh_from_db()
    assert ada.password.startswith("scrypt")
    assert ada.has_first_password


def test_changepassword_opens_the_account_and_ends_the_first_password(ada, client, monkeypatch):
    ada.has_first_password = True
    ada.save()
    for number in range(10):
        try_to_sign_in(from_network(number), ADA)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "another fine password")

    run("changepassword", ADA)

    ada.refresh_from_db()
    assert not ada.has_first_password
    assert try_to_sign_in(client, ADA, "another fine password").status_code == 302
