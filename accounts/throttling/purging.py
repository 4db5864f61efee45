"""Keeping the table of tallies small, whatever is sent against the site."""

from django.utils import timezone

from accounts.models import Tally
from accounts.throttling import tallies

BATCH = 5000  # rows a writer waits for, at most
MOST = 200_000  # rows; some 30 MB, and far more than any honest site has


def purge(most: int = MOST) -> int:
    """Remove what counts no more, and beyond `most` rows also what says least; how many it were."""
    done = _remove(Tally.objects.filter(ends_at__lte=timezone.now()).order_by("ends_at"))
    surplus = Tally.objects.count() - most
    if surplus > 0:
        # Somebody fills the table: what was tried once goes first, guarded accounts go last.
        done += _remove(Tally.objects.order_by("count", "ends_at")[:surplus])
    return done


def _remove(rows) -> int:
    keys = list(rows.values_list("key", flat=True))
    for start in range(0, len(keys), BATCH):
        tallies.forget(keys[start : start + BATCH])
    return len(keys)
