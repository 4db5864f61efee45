"""What is kept of a session: which browser, from which address, since when, when last.

A request writes only where the last that did is minutes ago. With it the session lives on: one
that is not remembered ends hours after its last request (SESSION_COOKIE_AGE), and none lives longer
than LONGEST, however often it is used.
"""

import time
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

SEEN_KEY = "seen_at"
SEEN_EVERY = 5 * 60  # seconds
SINCE_KEY = "signed_in_at"
LONGEST = 90 * 24 * 60 * 60  # seconds
AGENT_MAX_LENGTH = UserSession._meta.get_field("user_agent").max_length


def begin(request, user) -> None:
    """Note that `user` has just signed in with the session of `request`."""
    request.session[SINCE_KEY] = int(time.time())
    start(request, user)


def start(request, user) -> None:
    """Note that the session of `request` is in use; its row may be new."""
    request.session[SEEN_KEY] = int(time.time())
    bound(request.session)
    if not request.session.session_key:
        request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key, defaults={"user": user} | traces_of(request)
    )


def bound(session) -> None:
    """Let the session end LONGEST after its sign-in; using it would put its end off for ever."""
    now = int(time.time())
    left = session.setdefault(SINCE_KEY, now) + LONGEST - now
    if session.get_expiry_age() > left:
        session.set_expiry(max(left, 1))


def last_seen(get_response):
    """Middleware: note from time to time that a session is in use.

    Only of requests that looked into the session anyway: a page for everybody stays one.
    """

    def middleware(request):
        response = get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and session.session_key:
            is_due = time.time() - session.get(SEEN_KEY, 0) >= SEEN_EVERY
            if is_due and request.user.is_authenticated:
                start(request, request.user)
        return response

    return middleware


def traces_of(request) -> dict:
    return {
        "ip": get_adapter().get_client_ip(request),
        "user_agent": request.headers.get("User-Agent", "")[:AGENT_MAX_LENGTH].replace("\0", ""),
        "last_seen_at": timezone.now(),
    }


def living(user):
    """Rows of the sessions of `user` that have not ended."""
    alive = Exists(sessions_of_row(expire_date__gt=timezone.now()))
    return UserSession.objects.filter(alive, user=user)


def sessions_of_row(**conditions):
    return Session.objects.filter(session_key=OuterRef("session_key"), **conditions)


def forget_ended() -> None:
    """Delete sessions that ran out, and what was kept of them, addresses above all."""
    now = timezone.now()
    Session.objects.filter(expire_date__lte=now).delete()
    # Not those of this moment: the session of a sign-in may be saved after its row.
    old = UserSession.objects.filter(last_seen_at__lt=now - timedelta(hours=1))
    old.filter(~Exists(sessions_of_row())).delete()
