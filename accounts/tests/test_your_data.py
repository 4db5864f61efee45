"""All that is kept about somebody, as a file for them."""

import io
import json
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import make_user
from accounts.tests.recent import sign_in_just_now
from blogsite.audit import recording
from blogsite.audit.models import Event
from blogsite.pictures.tests.making import picture_bytes

pytestmark = pytest.mark.django_db

DATA = "/account/data/"
PASSWORD = "a long enough password"


def download(client) -> dict[str, bytes]:
    response = client.post(DATA)
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_data_holds_the_profile_and_the_account(client):
    ada = make_user(email="ada@example.org", display_name="Ada Łęska", bio="Notes.", handle="ada")
    sign_in_just_now(client, ada)
    client.post(
        "/account/profile/picture/", {"picture": SimpleUploadedFile("me.png", picture_bytes())}
    )

    files = download(client)

    profile = json.loads(files["profile.json"])
    assert (profile["display_name"], profile["bio"]) == ("Ada Łęska", "Notes.")
    assert "Łęska".encode() in files["profile.json"]
    assert json.loads(files["addresses.json"]) == [
        {"email": "ada@example.org", "verified": True, "primary": True}
    ]
    assert files[profile["picture"]][8:12] == b"WEBP"
    verbs = [event["what"] for event in json.loads(files["events.json"])]
    assert "accounts.profile_changed" in verbs
    assert Event.objects.filter(verb="accounts.exported", actor=ada).exists()


def test_data_holds_no_secret_and_nobody_else(client):
    ada = make_user(password=PASSWORD)
    mallory = make_user(email="mallory@example.org", display_name="Mallory")
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "ZQSECRET"})
    recording.record("accounts.role_given", ada, actor=mallory, role="Editor")
    recording.record("accounts.role_given", mallory, actor=ada)
    sign_in_just_now(client, ada)

    everything = b"".join(download(client).values())

    assert b"role_given" in everything
    for secret in [b"ZQSECRET", ada.password.encode(), b"Mallory", b"mallory@"]:
        assert secret not in everything
    assert client.session.session_key.encode() not in everything


def test_data_holds_accounts_elsewhere_without_their_tokens(client):
    ada = make_user()
    github = SocialAccount.objects.create(
        user=ada, provider="github", uid="123", extra_data={"login": "ada"}
    )
    SocialToken.objects.create(account=github, token="ZQTOKEN")
    sign_in_just_now(client, ada)

    files = download(client)

    [told] = json.loads(files["connected.json"])
    assert (told["provider"], told["uid"], told["extra_data"]) == (
        "github",
        "123",
        {"login": "ada"},
    )
    assert b"ZQTOKEN" not in b"".join(files.values())


def test_data_asks_for_a_recent_sign_in(client):
    client.force_login(make_user(password=PASSWORD))

    response = client.post(DATA)

    assert response["Location"].startswith("/account/reauthenticate/")
    assert not Event.objects.filter(verb="accounts.exported").exists()


def test_data_is_not_made_over_and_over(client):
    sign_in_just_now(client, make_user())

    answers = [client.post(DATA).status_code for _time in range(6)]

    assert answers == [200, 200, 200, 200, 200, 429]


def test_start_page_leads_to_data_and_to_the_way_out(client):
    client.force_login(make_user())

    page = client.get(reverse("accounts:home")).content.decode()

    assert f'href="{DATA}"' in page
    assert 'href="/account/leave/"' in page
