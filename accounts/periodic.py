"""What comes round by itself."""

from contextlib import suppress
from datetime import timedelta

from accounts.leaving import removing
from accounts.profile import pictures
from accounts.sessions import tracking
from accounts.throttling import purging
from blogsite.outgoing.periodic import periodic


@periodic(every=timedelta(hours=1))
def remove_who_left() -> None:
    removing.remove_due()


@periodic(every=timedelta(days=1))
def remove_pictures_of_nobody() -> None:
    # A store of objects that cannot be listed keeps them; they are small and rare.
    with suppress(NotImplementedError):
        pictures.remove_orphans()


@periodic(every=timedelta(minutes=10))
def forget_old_tries() -> None:
    """Often, because the rows are as many as somebody who attacks makes them."""
    purging.purge()


@periodic(every=timedelta(hours=1))
def forget_ended_sessions() -> None:
    tracking.forget_ended()
