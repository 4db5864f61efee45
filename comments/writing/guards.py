"""What a form must bring along to be looked at: proof that it was sent from a page of this site.

Pages with a form are kept for everyone, so guests have no token. Their browser says from where a
form comes, and no script of another site can change what it says.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# What a browser says of a form on one of our own pages, or of one that a person sends again by
# hand; "same-site" would be a neighbour on a shared domain.
OWN_FETCH_SITES = {"same-origin", "none"}
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field

FOREIGN = "foreign"
SIGNED_OUT = "signed_out"
OLD_SESSION = "old_session"

SENTENCES = {
    FOREIGN: _(
        "Your browser says that this was not sent from a page of this site. Your text is still here: "
        "please send it once more with the button below."
    ),
    SIGNED_OUT: _(
        "You are not signed in any more. Your text is still here: sign in again in another window "
        "and send it once more, or go on with a name and an e-mail."
    ),
    OLD_SESSION: _(
        "The page that you wrote on is older than your session. Your text is still here: please send "
        "it once more."
    ),
}


class _Token(CsrfViewMiddleware):
    """Django's check of the token, for a view that decides itself what a refusal looks like."""

    def _reject(self, request, reason):
        return reason


def problem_of(request, member: User | None) -> str:
    """Why a form is not looked at, a key of SENTENCES; empty where it may be."""
    if not comes_from_here(request):
        return FOREIGN
    if member is None:
        return SIGNED_OUT if was_members_form(request) else ""
    return "" if has_token(request) else OLD_SESSION


def was_members_form(request) -> bool:
    return TOKEN_FIELD in request.POST


def comes_from_here(request) -> bool:
    """Whether a form was sent from this site, as far as the browser tells.

    The first of these headers that there is decides: Sec-Fetch-Site, Origin, Referer. Every
    browser of today sends one of the first two with a form. Where all are missing, it was none:
    a program can say what it likes in any case, and has nobody's cookies to abuse.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in OWN_FETCH_SITES
    for header in ["Origin", "Referer"]:
        if header in request.headers:
            return origin_of(request.headers[header]) in own_origins(request)
    return True


def own_origins(request) -> set[str]:
    return {origin_of(settings.SITE_URL), f"{request.scheme}://{request.get_host().lower()}"}


def origin_of(address: str) -> str:
    """Scheme, host and port of a web address; empty for what is none, such as "null"."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""


def has_token(request) -> bool:
    """Whether a form of somebody signed in carries the token of their session."""
    return _Token(lambda request: None).process_view(request, None, (), {}) is None
