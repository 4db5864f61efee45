"""People with second steps, for tests."""

import os
import time
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"


def code_of(secret: str = SECRET, ago: int = 0) -> str:
    """The code that an app shows now, or showed `ago` half minutes before."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago))


def give_app(user, secret: str = SECRET) -> Authenticator:
    return TOTP.activate(user, secret).instance


def give_recovery_codes(user) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()


def give_passkey(
    user, name: str = "Key", credential: AttestedCredentialData | None = None
) -> Authenticator:
    """A passkey that some device made for this site; nobody has that device, unless it is named."""
    attested = credential or credential_of_nobody()
    identity = attested.credential_id
    made = AuthenticatorData.create(
        sha256(b"testserver").digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        attested,
    )
    stored = {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(
                CollectedClientData.create(
                    CollectedClientData.TYPE.CREATE, b"challenge", "http://testserver"
                )
            ),
            "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return WebAuthn.add(user, name, stored).instance


def credential_of_nobody() -> AttestedCredentialData:
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    return AttestedCredentialData.create(b"\0" * 16, os.urandom(16), key)


def sign_in(client, user, password: str = PASSWORD, **extra):
    """Go through the login page with e-mail and password."""
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password}, **extra
    )


def sign_in_recently(client, user):
    """As if the person had just gone through the login page."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
