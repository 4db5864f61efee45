"""The wish to leave, and the change of mind."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import roles
from accounts.leaving import WAIT, mails
from accounts.models import User
from blogsite.audit import recording


class LastAdministrator(Exception):
    """Nobody else could run the site."""


@transaction.atomic
def ask(user: User, leaving: str) -> None:
    """Let the account of `user` go after the wait; asked again, only the choice changes.

    Raises LastAdministrator.
    """
    if is_last_administrator(user):
        raise LastAdministrator
    stored = User.objects.select_for_update().get(pk=user.pk)
    is_new = stored.leaves_at is None
    user.leaving = leaving
    user.leaves_at = stored.leaves_at or timezone.now() + WAIT
    user.save(update_fields=["leaving", "leaves_at"])
    recording.record("accounts.leaving", user, leaves_on=f"{user.leaves_at:%Y-%m-%d}")
    if is_new:
        mails.leaving(user)


@transaction.atomic
def stay(user: User) -> None:
    """Take the wish back; without one nothing happens."""
    waiting = User.objects.filter(pk=user.pk).exclude(leaves_at=None)
    if waiting.update(leaving="", leaves_at=None):
        user.leaving, user.leaves_at = "", None
        recording.record("accounts.stayed", user)


def is_last_administrator(user: User) -> bool:
    """Whether nobody with the same powers over the site, who can sign in, would be left."""
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=user.pk)
    others = others.exclude(email=None)
    if user.is_superuser:
        return not others.filter(is_superuser=True).exists()
    if roles.ADMINISTRATOR in roles.of(user):
        by_role = Q(is_superuser=True) | Q(groups__name=roles.ADMINISTRATOR)
        return not others.filter(by_role).exists()
    return False
