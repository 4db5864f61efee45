"""Signing in with a second step: codes of an app and recovery codes."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.second_step import sealing
from accounts.tests.factories import make_user
from accounts.tests.second_steps import (
    PASSWORD,
    SECRET,
    code_of,
    give_app,
    give_passkey,
    give_recovery_codes,
    sign_in,
    sign_in_recently,
)
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user(email="ada@example.org", password=PASSWORD)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def answer(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_password_alone_does_not_let_in_whoever_has_an_app(client, user):
    give_app(user)

    response = sign_in(client, user)

    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("accounts:home")).status_code == 302


def test_code_of_the_app_lets_in(client, user):
    give_app(user)
    sign_in(client, user)

    answer(client, code_of())

    assert is_signed_in(client)
    assert Event.objects.get(verb="accounts.signed_in").details == {"by": ["password", "totp"]}


def test_wrong_code_does_not(client, user):
    give_app(user)
    sign_in(client, user)

    response = answer(client, code_of(ago=20))

    assert "That did not work" in response.content.decode()
    assert not is_signed_in(client)
    assert Event.objects.get(verb="accounts.sign_in_failed").target_id == str(user.pk)


def test_code_counts_once_in_every_process(client, user, settings):
    """Even while a slow clock would still take it, and where processes share no cache."""
    give_app(user)
    sign_in(client, user)
    code = code_of()
    answer(client, code)
    client.logout()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    sign_in(client, user)

    answer(client, code)

    assert not is_signed_in(client)


def test_code_from_before_the_last_one_does_not_count(client, user):
    give_app(user)
    sign_in(client, user)
    answer(client, code_of())
    client.logout()
    sign_in(client, user)

    answer(client, code_of(ago=1))

    assert not is_signed_in(client)


def test_recovery_code_lets_in_once(client, user):
    give_app(user)
    code = give_recovery_codes(user)[3]
    sign_in(client, user)
    answer(client, code)
    assert is_signed_in(client)
    client.logout()
    sign_in(client, user)

    answer(client, code)

    assert not is_signed_in(client)


def test_recovery_code_may_be_typed_with_blanks(client, user):
    give_app(user)
    code = give_recovery_codes(user)[0]
    sign_in(client, user)

    answer(client, f" {code[:4]} {code[4:8]}-{code[8:]} ")

    assert is_signed_in(client)


def test_guessing_codes_is_slowed(client, user):
    give_app(user)
    sign_in(client, user)
    for _try in range(10):
        answer(client, "000000")

    response = answer(client, code_of())

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert not is_signed_in(client)


def test_secrets_lie_sealed_in_the_database(user):
    app = give_app(user)
    give_recovery_codes(user)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert sealing.unseal(app.data["secret"]) == SECRET


def test_former_key_opens_and_a_lost_one_does_not(user, settings):
    sealed = sealing.seal(SECRET)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    with_former = sealing.unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    without = sealing.unseal(sealed)

    assert with_former == SECRET
    assert without not in {SECRET, "", sealing.unseal(sealed)}


# --- Setting it up --------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_app_is_set_up_and_codes_are_shown_and_saved(client, user):
    sign_in(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    codes = response.context["codes"]
    assert len(codes) == 10
    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert all(code in file.content.decode() for code in codes)
    assert file["Cache-Control"] == "private, no-store"
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"accounts.second_step_added", "accounts.recovery_codes_made"} <= verbs


def test_recovery_codes_are_shown_for_minutes_only(client, user):
    give_app(user)
    give_recovery_codes(user)
    client.force_login(user)
    sign_in_recently(client, user)
    Authenticator.objects.update(created_at=timezone.now() - timedelta(minutes=11))

    page = client.get(reverse("mfa_view_recovery_codes"))
    file = client.get(reverse("mfa_download_recovery_codes"))

    assert page.context["codes"] == []
    assert page.context["codes_left"] == 10
    assert file["Location"] == reverse("mfa_view_recovery_codes")


def test_new_codes_replace_the_old_ones(client, user):
    give_app(user)
    old = give_recovery_codes(user)
    client.force_login(user)
    sign_in_recently(client, user)

    client.post(reverse("mfa_generate_recovery_codes"))

    page = client.get(reverse("mfa_view_recovery_codes"))
    new = [code.replace(" ", "") for code in page.context["codes"]]
    assert len(new) == 10
    assert not set(new) & set(old)


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "usersessions_list",
        "accounts:activity",
    ],
)
def test_pages_are_for_whoever_is_signed_in(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_passkeys_of_others_are_not_there(client, user, name, method):
    passkey = give_passkey(make_user())
    client.force_login(user)
    sign_in_recently(client, user)

    response = getattr(client, method)(reverse(name, args=[passkey.pk]), {"name": "Mine"})

    assert response.status_code == 404
    assert Authenticator.objects.get().data["name"] == "Key"


def test_pages_have_no_script_or_style_of_their_own(client, user):
    give_app(user)
    passkey = give_passkey(user)
    client.force_login(user)
    sign_in_recently(client, user)
    pages = [
        reverse("mfa_index"),
        reverse("mfa_add_webauthn"),
        reverse("mfa_edit_webauthn", args=[passkey.pk]),
        reverse("mfa_remove_webauthn", args=[passkey.pk]),
    ]

    texts = [client.get(page).content.decode() for page in pages]

    for text in texts:
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert "<script>" not in text


def test_number_of_queries_does_not_grow_with_passkeys(client, user, django_assert_num_queries):
    client.force_login(user)
    give_passkey(user)
    client.get(reverse("mfa_index"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("mfa_index"))
    for number in range(9):
        give_passkey(user, f"Key {number}")

    with django_assert_num_queries(len(one)):
        client.get(reverse("mfa_index"))


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "[]",
        '"x"',
        "{}",
        '{"id": 1}',
        '{"response": null}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "!", "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "\\u0000", "authenticatorData": "AA", "signature": "AA"}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
        "[" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn"])
def test_broken_credentials_are_refused_in_words(client, user, name, credential):
    if name == "mfa_add_webauthn":
        client.force_login(user)
        sign_in_recently(client, user)
        client.get(reverse(name))
    else:
        client.get(reverse(name), headers={"accept": "application/json"})

    response = client.post(reverse(name), {"credential": credential})

    assert response.status_code in {200, 302}
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "[::1]:8000"])
def test_number_in_place_of_a_name_is_explained(client, user, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(user)
    sign_in_recently(client, user)
    page = reverse("mfa_add_webauthn")

    by_name = client.get(page, headers={"host": "localhost:8000"}).content.decode()
    by_number = client.get(page, headers={"host": host}).content.decode()

    assert "Browsers keep passkeys for names only" in by_number
    assert "Browsers keep passkeys for names only" not in by_name


def test_asking_for_challenges_without_end_is_slowed(client):
    page = reverse("mfa_login_webauthn")
    for _try in range(120):
        client.get(page, headers={"accept": "application/json"})

    response = client.get(page, headers={"accept": "application/json"})

    assert response.status_code == 429


ELSEWHERE = [
    {"accept": "image/avif,image/*;q=0.8"},
    {"accept": "application/json", "sec-fetch-site": "cross-site"},
    {"accept": "application/json", "sec-fetch-site": "same-site"},
    {"accept": "application/json", "sec-fetch-site": "none"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_other_sites_use_up_no_tries(client, headers):
    page = reverse("mfa_login_webauthn")

    answers = {client.get(page, headers=headers).status_code for _try in range(125)}

    assert answers == {302}
    assert not Session.objects.exists()
    own = {"accept": "application/json", "sec-fetch-site": "same-origin"}
    assert "request_options" in client.get(page, headers=own).json()
