"""The links in mails by which an account begins.

A token says that whoever has it reads the mailbox it names; nothing is stored for it. It is of no
use any more once there is an account with the address.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from accounts import emails

SALT = "accounts.signing_up"
# Asked for just now, so it is followed soon; an invitation comes unasked and may lie for a while.
ASKED_FOR = timedelta(days=3)
INVITED_FOR = timedelta(days=14)


class Broken(Exception):
    """No token of ours, or too old."""


@dataclass(frozen=True)
class Start:
    """What a token says: whose mailbox it was sent to, and where they came from."""

    email: str
    next: str = ""


def link(email: str, next_path: str = "", *, is_invitation: bool = False) -> str:
    token = signing.dumps([email, next_path, is_invitation], salt=SALT)
    return emails.address("account_signup_finish", token)


def read(token: str) -> Start:
    """Raises Broken."""
    try:
        email, next_path, is_invitation = signing.loads(token, salt=SALT, max_age=INVITED_FOR)
        if not is_invitation:
            signing.loads(token, salt=SALT, max_age=ASKED_FOR)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Broken from error
    return Start(email, next_path)
