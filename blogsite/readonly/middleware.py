"""Refuses what would write while the site is read-only, and says so kindly."""

from django.db import DatabaseError
from django.utils.translation import gettext as _

from blogsite import errors
from blogsite.personal import member_of
from blogsite.readonly import state

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# The way back from another site: it makes accounts, connects them and signs in.
WRITE_BY_GET = {"github_callback", "openid_connect_callback"}
RETRY_SECONDS = 600  # nobody knows how long it takes; a while
# Whoever signs out wants to be safe, and that only takes something away.
ALWAYS_OPEN = {"account_logout"}
# With --except-staff these are open to all: staff must get in, and who is staff is nobody's
# business before that. Who gets in and is not finds everything else closed; the pages that ask
# again who somebody is among it, for these do afterwards what was sent before the lock.
WAYS_IN = {
    "account_login",
    "accounts:sign_in_by_link",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:login",
}


class ReadOnly:
    """Middleware. A view with the attribute `keeps_what_is_sent` answers itself, so that what was
    typed is in the answer: it asks `is_refused(request)` before it does anything. One with
    `writes_nothing` is always open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        view = getattr(view, "view_class", view)
        writes_nothing = getattr(view, "writes_nothing", False) or _only_reads(request)
        if writes_nothing or not _refuses(request):
            return None
        request.is_refused_as_read_only = True
        if getattr(view, "keeps_what_is_sent", False):
            return None
        return errors.read_only(request, RETRY_SECONDS)


def is_refused(request) -> bool:
    """Whether the site takes nothing from this request, because it is read-only."""
    return getattr(request, "is_refused_as_read_only", False)


def sentence() -> str:
    return _("The site is read-only for a while: everything can be read, nothing can be sent.")


def _only_reads(request) -> bool:
    return request.method in SAFE and request.resolver_match.view_name not in WRITE_BY_GET


def _refuses(request) -> bool:
    """One small query for each request that may write."""
    try:
        lock = state.lock()
    except DatabaseError:
        return False  # then writing fails as well, and that has an answer of its own
    if lock is None:
        return False
    name = request.resolver_match.view_name
    if name in ALWAYS_OPEN:
        return False
    return not (lock.except_staff and (name in WAYS_IN or _is_staff(request)))


def _is_staff(request) -> bool:
    member = member_of(request)
    return bool(member and member.is_staff)
