"""What comes round by itself."""

from datetime import timedelta

from blogsite.audit import forgetting
from blogsite.outgoing.periodic import periodic


@periodic(every=timedelta(days=1))
def forget_where_things_were_done() -> None:
    forgetting.forget_addresses()


@periodic(every=timedelta(days=1))
def purge_old_events() -> None:
    forgetting.purge()
