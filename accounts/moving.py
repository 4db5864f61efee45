"""A new e-mail for an account: the mails that go to the new address.

Whether the address belongs to somebody else is decided here, in the worker; whoever typed it sees
the same page in the same time.
"""

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.utils import timezone

from accounts import emails
from accounts.models import User
from blogsite.outgoing.jobs import job


@job(takes_context=True)
def answer(context, address_id: int) -> None:
    """Ask the new mailbox whether it belongs to the account, or tell its owner that it is theirs."""
    row = EmailAddress.objects.filter(pk=address_id, verified=False).first()
    if row is None:
        return
    if User.objects.with_address(row.email).exclude(pk=row.user_id).exists():
        emails.already_here(emails.cause_for("taken", row.email, timezone.now()), row.email)
    else:
        key = EmailConfirmationHMAC(row).key
        link = emails.address("account_confirm_email", key)
        emails.confirm_address(f"confirm:{context.task_result.id}", row.email, link)
