"""The moment an account comes to be."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.signing_up import policy
from blogsite.audit import recording


class NotNow(Exception):
    """There is an account with the address already, or nobody may make one any more."""


def make_account(email: str, name: str, password: str | None) -> User:
    """A new account with a confirmed address, and with the roles it was invited to.

    Raises NotNow. Of two that come at once one gets the account.
    """
    user = User(email=email, display_name=name)
    # Before the transaction: a hash takes its time, in which nobody else could write.
    user.set_password(password)
    try:
        with transaction.atomic():
            if not policy.may_join(email) or User.objects.with_address(email).exists():
                raise NotNow
            user.save()
            recording.record("accounts.signed_up", user, actor=user)
            accept_invitation(email, user)
            return user
    except IntegrityError as error:
        raise NotNow from error


def accept_invitation(email: str, user: User) -> None:
    """Give what the invitation promised, as far as whoever made it could still give it.

    Else somebody who is about to lose a role would keep it by inviting a second self.
    """
    invitation = policy.invitation_for(email)
    if invitation is None:
        return
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    giveable = roles.giveable_by(invitation.invited_by)
    for group in invitation.roles.filter(pk__in=giveable.values("pk")):
        roles.give(user, group.name, by=invitation.invited_by)
