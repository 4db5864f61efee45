"""Links that an operator makes in a terminal for somebody who cannot sign in otherwise.

A link stands for the password, not for the second step. It is signed and stored nowhere.
"""

import time
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from accounts.throttling import tallies
from accounts.throttling.keys import key
from accounts.throttling.limits import LOGIN_LINK

GOOD_FOR = timedelta(minutes=15)
METHOD = "login_link"  # in allauth's list of how somebody signed in
SALT = "accounts.login_links"


def make(user: User) -> str:
    """The full address of a new link, good for one sign-in and for 15 minutes."""
    token = signing.dumps({"user": user.pk, "state": _state(user)}, salt=SALT)
    return settings.SITE_URL + reverse("accounts:login_link", args=[token])


def person_of(token: str) -> User | None:
    """Whom the link lets in; None where it is forged, too old or used."""
    try:
        token_data = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=token_data["user"], is_active=True).first()
    return user if user and _state(user) == token_data["state"] else None


def use_up(token: str) -> User | None:
    """The same, once: of two who come at the same moment one gets None."""
    user = person_of(token)
    if user is None or tallies.take([tallies.Claim(key(METHOD, token), LOGIN_LINK)]):
        return None
    return user


def note(request, user: User) -> None:
    """Remember in the session that it began with a link."""
    record_authentication(request, user, method=METHOD, reauthenticated=True)


def came_by_one(request) -> bool:
    """Whether this session began with a link, not long ago."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(each["method"] == METHOD and each["at"] > since for each in records)


def _state(user: User) -> str:
    """Changes with each sign-in and each new password."""
    return key(METHOD, "state", user.password, user.last_login)[:32]
