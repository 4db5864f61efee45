"""The end of an account: all of it in one transaction, or nothing."""

import logging
import secrets

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.leaving import mails, person_leaves
from accounts.leaving.asking import is_last_administrator
from accounts.models import Invitation, User
from accounts.sessions import ending
from blogsite.audit import recording
from blogsite.audit.forgetting import forget_person
from blogsite.pictures.files import remove_files

logger = logging.getLogger(__name__)

HIDDEN_HANDLE = "left-"  # and random digits: of a row that goes within the same transaction


def remove_due() -> int:
    """Remove the accounts whose time has come; how many there were.

    One that cannot go keeps none of the others. Raises RuntimeError at the end if there was any,
    so that the job is shown as failed and comes again.
    """
    due = User.objects.filter(leaves_at__lte=timezone.now()).order_by("leaves_at")
    count, failed = 0, []
    for key in list(due.values_list("pk", flat=True)):
        try:
            count += remove(key)
        except Exception:
            logger.exception("account %s could not be removed", key)
            failed.append(key)
    if failed:
        raise RuntimeError(f"Accounts that could not be removed: {failed}")
    return count


@transaction.atomic
def remove(key: int) -> bool:
    """Remove the account with this key if its time has come; False if they stayed after all."""
    # The whole row: nothing new can hang itself on it while the rest is taken off.
    due = User.objects.select_for_update().filter(pk=key, leaves_at__lte=timezone.now())
    user = due.first()
    # Others may have lost their powers since this one asked; then they wait for somebody new.
    if user is None or is_last_administrator(user):
        return False
    if user.email:
        mails.left(user)
    person_leaves.send(User, user=user, leaving=user.leaving or User.Leaving.ANONYMISE)
    recording.record("accounts.left", user, leaving=user.leaving)
    forget_name(user)
    ending.end(UserSession.objects.filter(user=user))
    if user.email:
        Invitation.objects.filter(email__iexact=user.email).delete()
    if user.picture:
        transaction.on_commit(lambda name=user.picture.name: remove_files([name]))
    user.delete()
    return True


def name_only(user: User) -> User:
    """A new author who is called as `user` and has their handle, and nothing else of them.

    For receivers of `person_leaves` that must go on naming somebody: they let their rows belong
    to this one. Nobody can sign in as them.
    """
    name, handle = user.name, user.handle
    User.objects.filter(pk=user.pk).update(handle=f"{HIDDEN_HANDLE}{secrets.token_hex(16)}")
    return User.objects.create_user(display_name=name, handle=handle)


def forget_name(user: User) -> None:
    """Say in the record that it was somebody, but no more who."""
    forget_person(user)
    # The desk's history of this person quotes what was changed about them.
    history = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
    history.filter(object_id=str(user.pk)).delete()
