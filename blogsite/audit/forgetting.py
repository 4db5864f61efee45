"""What is taken out of the record again: old addresses, old events, and people who left.

The only place that may do so; see `docs/decisions/0006-events-are-guarded-in-python.md`.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from blogsite.audit.models import Event

# An intrusion is mostly found within months, and by then these are what leads to its author;
# beyond that they are only data about people.
ADDRESSES_KEPT = timedelta(days=180)
EVENTS_KEPT = timedelta(days=730)  # so that last year can be compared with the year before


def forget_addresses(older_than: timedelta = ADDRESSES_KEPT) -> int:
    """Forget from where and with which browser old things were done; of how many events."""
    with_traces = Event.forgettable.exclude(address=None, device="")
    old = with_traces.filter(at__lt=timezone.now() - older_than)
    return old.update(address=None, device="")


def purge(older_than: timedelta = EVENTS_KEPT) -> int:
    """Delete events that are older than that; how many."""
    old = Event.forgettable.filter(at__lt=timezone.now() - older_than)
    return old.delete()[0]


def forget_person(user) -> None:
    """Take out what tells who `user` was; what was done, and when, stays.

    To be called before the row of `user` is gone, in the same transaction.
    """
    by_user = Event.forgettable.filter(actor_id=user.pk)
    by_user.update(actor_name="", address=None, device="")
    about = Q(target_type=user._meta.label_lower, target_id=str(user.pk))
    Event.forgettable.filter(about).update(target_name="", address=None, device="")


def forget_names(kind: str, keys: list[int]) -> None:
    """Take out what the things of a `kind`, such as `comments.comment`, with these keys were called."""
    about = Event.forgettable.filter(target_type=kind, target_id__in=[str(key) for key in keys])
    about.update(target_name="")
