"""Browsers that somebody signed in with before.

After "Slow Down Online Guessing Attacks with Device Cookies" (OWASP): whoever signed in gets a
signed cookie. Wrong passwords sent with it are counted for this browser alone, and all others
together; so whatever strangers try, the owner comes in.
"""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string

from accounts.throttling.keys import folded, key

COOKIE = f"{settings.COOKIE_PREFIX}device"
SALT = "accounts.throttling.devices"
GOOD_FOR = 400 * 24 * 60 * 60  # seconds; browsers keep no cookie for longer
MOST_ACCOUNTS = 5  # of one browser, the last used


class Device(NamedTuple):
    """A browser; `accounts` are keyed hashes of addresses, the last used first."""

    name: str
    accounts: list[str]

    def knows(self, address: str) -> bool:
        return _hash(address) in self.accounts


def of(request) -> Device | None:
    """The browser of this request, if it holds a cookie of ours."""
    try:
        name, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Device(name, accounts)


def remember(request, address: str) -> None:
    """Let the answer to `request` tell this browser that it signed in as `address`."""
    request.device_signed_in_as = address


def device_cookies(get_response):
    """Middleware: give the cookie to a browser that has just signed in."""

    def middleware(request):
        response = get_response(request)
        address = getattr(request, "device_signed_in_as", "")
        if address:
            _set_cookie(response, _with_account(of(request), address))
        return response

    return middleware


def _with_account(device: Device | None, address: str) -> Device:
    name, accounts = device or (get_random_string(22), [])
    this = _hash(address)
    others = [each for each in accounts if each != this]
    return Device(name, [this, *others][:MOST_ACCOUNTS])


def _hash(address: str) -> str:
    return key("device", folded(address))[:32]


def _set_cookie(response, device: Device) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(list(device), salt=SALT),
        max_age=GOOD_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
