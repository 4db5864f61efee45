"""What comes round by itself."""

from datetime import timedelta

from accounts.leaving import removing
from blogsite.outgoing.periodic import periodic


@periodic(every=timedelta(hours=1))
def remove_who_left() -> None:
    removing.remove_due()
