"""The e-mail address of an account, in allauth's table as well as in our own.

An account of ours has one address, and an address counts as confirmed: nobody gets an account
before they followed a link in a mail, or were entered by an administrator. A second row in
allauth's table is a new address that waits for its confirmation.
"""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def keep_in_step(user: User) -> None:
    """Let allauth's table name `user.email`, and no other confirmed address of theirs."""
    rows = EmailAddress.objects.filter(user=user)
    if not user.email:
        rows.delete()
        return
    rows.filter(verified=True).exclude(email__iexact=user.email).delete()
    row = rows.filter(email__iexact=user.email).first() or EmailAddress(user=user)
    if (row.email, row.verified, row.primary) != (user.email.lower(), True, True):
        rows.exclude(pk=row.pk).update(primary=False)
        row.email, row.verified, row.primary = user.email.lower(), True, True
        row.save()
