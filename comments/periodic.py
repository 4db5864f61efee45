"""What comes round by itself."""

from datetime import timedelta

from blogsite.outgoing.periodic import periodic
from comments import notices, subscriptions


@periodic(every=timedelta(minutes=5))
def send_what_waited() -> None:
    """Digests, to those who may get mail again."""
    notices.tell_what_waited()


@periodic(every=timedelta(days=1))
def forget_unanswered_addresses() -> None:
    subscriptions.forget_unanswered()
