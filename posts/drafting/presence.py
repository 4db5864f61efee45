"""Who writes the same text just now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from posts.drafting.working_copies import about
from posts.models import WorkingCopy
from posts.models.publication import Publication

HEARTBEAT = 15  # seconds between two signs of life of a window that is seen
# Three missed ones: a browser lets windows in the background sleep for a minute.
SILENCE = timedelta(seconds=70)
MOST = 20  # names; a list of more says nothing


@dataclass(frozen=True)
class Presence:
    name: str
    is_me: bool
    since: datetime
    is_unsaved: bool  # holds words that are not saved
    window: UUID


def others_at(text: Publication | None, user: User, window: UUID | None = None) -> list[Presence]:
    """The windows that have `text` open, without `window`: those of other people first."""
    if text is None:
        return []
    alive = Q(seen_at__gte=timezone.now() - SILENCE, **about(type(text), text))
    settled = Q(fields__isnull=True, saved_at__isnull=False)
    rows = WorkingCopy.objects.filter(alive).exclude(settled).exclude(window=window)
    rows = rows.select_related("user").defer("fields").order_by("began_at", "pk")
    unsaved = set(rows.exclude(fields__isnull=True).values_list("pk", flat=True))
    found = [
        Presence(row.user.name, row.user_id == user.pk, row.began_at, row.pk in unsaved, row.window)
        for row in rows[:MOST]
    ]
    return sorted(found, key=lambda presence: presence.is_me)
