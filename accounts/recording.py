"""What is recorded of people coming and going, and of changes to how they sign in.

Every event has the person as its target, whoever did it; so one index answers what happened to an
account. Nothing that somebody typed is in it: of an address that nobody has, only a keyed hash.
"""

from allauth.account.internal.flows.login import get_authentication_records
from django.utils.crypto import salted_hmac

from accounts.models import User
from blogsite.audit.recording import record


def signed_in(request, user: User) -> None:
    """By what is told, as `password` or `webauthn`, in the order of the steps."""
    records = get_authentication_records(request, user)
    by = [entry.get("type") or entry["method"] for entry in records]
    record("accounts.signed_in", user, actor=user, by=list(dict.fromkeys(by)))


def sign_in_failed(address: str) -> None:
    """A wrong password. The same queries whether the address belongs to somebody or not."""
    typed = address.strip().lower()[:254]
    user = User.objects.with_address(typed).first()
    digest = salted_hmac("accounts.recording", typed, algorithm="sha256").hexdigest()
    record("accounts.sign_in_failed", user, by=["password"], address=digest[:32])


def second_step_failed(user: User, kind: str) -> None:
    record("accounts.sign_in_failed", user, by=[kind])


def signed_out(user: User) -> None:
    record("accounts.signed_out", user, actor=user)


def session_ended(user: User, count: int) -> None:
    record("accounts.session_ended", user, count=count)


def happened(verb: str, user: User, **details) -> None:
    """`verb` without its app, as `password_changed`."""
    record(f"accounts.{verb}", user, **details)
