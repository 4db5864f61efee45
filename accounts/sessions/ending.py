"""Ending sessions: the browser at the other end is a guest from its next request on."""

from allauth.core import context
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User


@transaction.atomic
def end(rows: QuerySet[UserSession]) -> int:
    """End the sessions of `rows`; how many they were."""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_others(user: User) -> int:
    """End all sessions of `user` but the one whose request is being answered, if it is theirs.

    That one goes on under a new key, so that an old copy of its cookie is worth nothing.
    """
    rows = UserSession.objects.filter(user=user)
    own = own_session(user)
    if own is None:
        return end(rows)
    count = end(rows.exclude(session_key=own.session_key))
    change_key(own)
    return count


def change_key(session) -> None:
    """Let `session` go on under a new key."""
    old_key = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=old_key).update(session_key=session.session_key)


def own_session(user: User):
    """The session of the request that is being answered, if `user` is signed in with it."""
    session = getattr(context.request, "session", None)
    if session is None or session.get("_auth_user_id") != str(user.pk):
        return None
    return session if session.session_key else None
