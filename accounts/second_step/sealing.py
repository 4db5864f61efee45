"""Secrets of second steps as they lie in the database: of no use to whoever has only that."""

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "accounts.second_step.sealing"


def seal(secret: str) -> str:
    return box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret, or one that nobody knows where the key it was sealed with is gone.

    Not an empty one: codes made from that could be worked out by everybody.
    """
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode()


def is_old(sealed: str) -> bool:
    """Whether a former key opens it, and the one of now does not."""
    return not opens(sealed, settings.SECRET_KEY) and any(
        opens(sealed, key) for key in settings.SECRET_KEY_FALLBACKS
    )


def opens(sealed: str, secret_key: str) -> bool:
    try:
        Fernet(key_from(secret_key)).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def box() -> MultiFernet:
    """Seals with the secret key of the site, and opens what former keys sealed."""
    return MultiFernet(
        [Fernet(key_from(key)) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    )


def key_from(secret_key: str) -> bytes:
    digest = salted_hmac(SALT, "key", secret=secret_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
