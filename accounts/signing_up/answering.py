"""What the mailbox hears that somebody wants an account for; decided out of the visitor's sight."""

from datetime import timedelta

from django.utils import timezone

from accounts import emails
from accounts.models import User
from accounts.signing_up import links, policy
from blogsite.outgoing.jobs import job
from blogsite.outgoing.models import Message

# Somebody who types a stranger's address again and again is not to fill the stranger's mailbox.
ONE_MAIL_IN = timedelta(hours=1)
KIND = "sign_up"


@job
def answer(email: str, next_path: str = "") -> None:
    """Send a link to begin with, or word of the account that there is; or nothing at all."""
    cause = cause_now(email)
    if not cause:
        return
    if User.objects.with_address(email).exists():
        emails.already_here(cause, email)
    elif policy.may_join(email):
        emails.sign_up_link(cause, email, links.link(email, next_path))


def cause_now(email: str) -> str:
    """The cause of a mail to `email`; empty while the last one is younger than an hour."""
    now = timezone.now()
    before = emails.cause_for(KIND, email, now - ONE_MAIL_IN)
    if Message.objects.filter(cause=before, created_at__gt=now - ONE_MAIL_IN).exists():
        return ""
    return emails.cause_for(KIND, email, now)


def ask(email: str, next_path: str = "") -> None:
    """Have the worker answer; the same work whatever the address is."""
    answer.enqueue(email, next_path)
