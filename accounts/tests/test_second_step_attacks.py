"""Ways around the second step that somebody tries who has the half of it."""

import json
import os
from hashlib import sha256

import pytest
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts.tests.factories import make_user
from accounts.tests.second_steps import PASSWORD, code_of, give_app, give_passkey, sign_in

pytestmark = pytest.mark.django_db

FLAG = AuthenticatorData.FLAG


class FoundKey:
    """A key of somebody's, in the hands of a finder: it says that it was touched, and by whom it
    says only `with_pin`."""

    def __init__(self, owner):
        self.owner = owner
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.identity = os.urandom(16)
        give_passkey(owner, credential=self.as_credential())

    def as_credential(self) -> AttestedCredentialData:
        public = ES256.from_cryptography_key(self.private.public_key())
        return AttestedCredentialData.create(b"\0" * 16, self.identity, public)

    def answer(self, challenge: str, *, with_pin: bool) -> str:
        flags = FLAG.UP | FLAG.UV if with_pin else FLAG.UP
        signed = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 1)
        told = CollectedClientData.create(
            CollectedClientData.TYPE.GET, websafe_decode(challenge), "http://testserver"
        )
        signature = self.private.sign(signed + sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        name = websafe_encode(self.identity)
        response = {
            "clientDataJSON": websafe_encode(told),
            "authenticatorData": websafe_encode(signed),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(user_pk_to_url_str(self.owner).encode()),
        }
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def challenge_of_second_step(client, user) -> str:
    """One that is asked for after a password, taken out of it: the sign-in itself is given up."""
    sign_in(client, user)
    client.get(reverse("mfa_authenticate"))
    session = client.session
    del session[LOGIN_SESSION_KEY]
    session.save()
    return session[STATE_SESSION_KEY]["challenge"]


def challenge_alone(client) -> str:
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    return options.json()["request_options"]["publicKey"]["challenge"]


@pytest.fixture
def key():
    return FoundKey(make_user(password=PASSWORD))


@pytest.mark.parametrize("with_pin", [True, False])
def test_found_key_signs_in_with_its_pin_only(client, key, with_pin):
    credential = key.answer(challenge_alone(client), with_pin=with_pin)

    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert is_signed_in(client) is with_pin


def test_found_key_does_not_sign_in_by_a_challenge_of_another_page(client, key):
    finder = make_user(password=PASSWORD)
    give_passkey(finder)
    challenge = challenge_of_second_step(client, finder)

    credential = key.answer(challenge, with_pin=False)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert not is_signed_in(client)


def test_code_that_set_the_app_up_was_its_first_use(client, django_capture_on_commit_callbacks):
    user = make_user(password=PASSWORD)
    sign_in(client, user)
    client.get(reverse("mfa_activate_totp"))
    code = code_of(client.session["mfa.totp.secret"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    onlooker = Client()
    sign_in(onlooker, user)

    onlooker.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_signed_in(onlooker)


def test_second_step_does_not_go_on_from_a_password_that_was_changed(client):
    user = make_user(password=PASSWORD)
    give_app(user)
    sign_in(client, user)
    user.set_password("quite another password")
    user.save()

    response = client.post(reverse("mfa_authenticate"), {"code": code_of()})

    assert response["Location"] == reverse("account_login")
    assert not is_signed_in(client)
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


def test_open_session_alone_gives_no_password_to_who_has_a_passkey_instead(client):
    user = make_user()
    give_passkey(user)
    client.force_login(user)

    response = client.post(reverse("account_set_password"), {"password1": "quite unusual words"})

    user.refresh_from_db()
    assert response["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    assert not user.has_usable_password()
