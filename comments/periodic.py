"""What comes round by itself."""

from datetime import timedelta

from blogsite.outgoing.periodic import periodic
from comments import forgetting
from comments.mail import delivery, notices, subscriptions


@periodic(every=timedelta(minutes=5))
def send_what_waited() -> None:
    """Digests, to those who may get mail again."""
    notices.tell_what_waited()


@periodic(every=timedelta(days=1))
def forget_unanswered_addresses() -> None:
    subscriptions.forget_unanswered()


@periodic(every=timedelta(days=1))
def forget_unsent_notices() -> None:
    delivery.forget_unsent()


@periodic(every=timedelta(days=1))
def forget_where_comments_came_from() -> None:
    forgetting.forget_addresses()


@periodic(every=timedelta(days=1))
def purge_what_is_hidden() -> None:
    forgetting.purge(timedelta(days=forgetting.PURGE_DAYS))
