"""A new password for somebody who lost theirs.

The page queues a job and says the same to everyone; whether there is an account is for the worker
to know. The link works once and for an hour: its token holds the password's hash, the address and
the last sign-in, so that it ends with any of them.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from accounts import emails
from accounts.models import User
from blogsite.outgoing.jobs import job


@job(takes_context=True)
def answer(context, email: str) -> None:
    """Send a link to the account with this address, if there is one that may sign in."""
    user = User.objects.with_address(email).filter(is_active=True).first()
    if user:
        emails.reset_link(f"reset:{context.task_result.id}", user, link(user))


def link(user: User) -> str:
    token = default_token_generator.make_token(user)
    return emails.address("account_reset_password_from_key", user_pk_to_url_str(user), token)


def ask(email: str) -> None:
    """Have the worker answer; the same work whatever the address is."""
    answer.enqueue(email)
