"""What an operator does in a terminal when something has gone wrong."""

from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import login_links
from accounts.models import User
from accounts.throttling import forgive
from blogsite.audit.recording import record


@transaction.atomic
def reset_second_step(user: User) -> int:
    """Take away passkeys, app and recovery codes; how many it were. The password stays."""
    rows = Authenticator.objects.filter(user=user)
    kinds = sorted(set(rows.values_list("type", flat=True)))
    count, _each = rows.delete()
    forgive(user)
    record("accounts.second_step_removed", user, kinds=kinds, count=count)
    return count


@transaction.atomic
def sign_out(user: User) -> int:
    """End all sessions of one person; how many it were.

    Sessions say whose they are only inside, so all are looked through.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    living = Session.objects.filter(expire_date__gt=timezone.now())
    own = [
        row.session_key
        for row in living.iterator()
        if store().decode(row.session_data).get(SESSION_KEY) == str(user.pk)
    ]
    for key in own:
        store(key).delete()
    UserSession.objects.filter(user=user).delete()
    record("accounts.session_ended", user, count=len(own))
    return len(own)


@transaction.atomic
def sign_out_everybody() -> int:
    """End all sessions there are; how many it were."""
    count, _each = Session.objects.all().delete()
    UserSession.objects.all().delete()
    record("accounts.session_ended", everybody=True, count=count)
    return count


def make_login_link(user: User) -> str:
    record("accounts.login_link_made", user)
    return login_links.make(user)
