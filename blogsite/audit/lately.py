"""What changed lately, as far as somebody may know of it.

An app above adds to SOURCES a function that takes a user and returns a condition for events, or
None where they may know of none.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from blogsite.audit import verbs
from blogsite.audit.models import Event

LATELY = timedelta(days=14)  # bounds what is read, whatever the log holds
SHOWN = 10

SOURCES: list[Callable[..., Q | None]] = []


def known_to(user) -> list[Event]:
    """The newest events that `user` may know of, the last one first."""
    newest = Event.objects.filter(at__gte=timezone.now() - LATELY).order_by("-at", "-pk")
    if not user.has_perm("audit.view_event"):
        conditions = [found for source in SOURCES if (found := source(user)) is not None]
        if not conditions:
            return []
        any_of_them = conditions[0]
        for condition in conditions[1:]:
            any_of_them |= condition
        newest = newest.filter(any_of_them)
    return list(newest.defer("details")[:SHOWN])


def of_kinds(group: str, kinds: list[str]) -> Q:
    """The condition that an event is one of the app `group` about things of `kinds`."""
    beginnings = tuple(f"{group}.{kind}_" for kind in kinds)
    names = verbs.groups()[group].sentences
    return Q(verb__in=[name for name in names if name.startswith(beginnings)])
