"""Counting tries, correctly with many threads and processes at once."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Tally
from accounts.throttling.limits import Limit


class Claim(NamedTuple):
    """One try more of what `key` stands for."""

    key: str
    limit: Limit


def wait_of(claims: Sequence[Claim]) -> int:
    """Seconds until all of `claims` could be taken; counts nothing and writes nothing."""
    now = timezone.now()
    rows = Tally.objects.in_bulk([claim.key for claim in claims])
    return _longest_wait(claims, rows, now)


def take(claims: Sequence[Claim]) -> int:
    """Count a try of each of `claims` and give 0, or count none and give the seconds to wait.

    What is refused is only read, so a flood of tries keeps nobody from writing.
    """
    return wait_of(claims) or _take_locked(claims)


@transaction.atomic
def _take_locked(claims: Sequence[Claim]) -> int:
    """SQLite lets one writer in at a time; elsewhere the rows are locked."""
    now = timezone.now()
    claims = sorted(claims, key=lambda claim: claim.key)
    fresh = [Tally(key=each.key, until=now, ends_at=now) for each in claims]
    Tally.objects.bulk_create(fresh, ignore_conflicts=True)
    locked = _lock([claim.key for claim in claims])
    # A row may be forgotten between the two lines above; then it begins anew.
    rows = {row.key: row for row in fresh} | {row.key: row for row in locked}
    wait = _longest_wait(claims, rows, now)
    if wait:
        return wait
    for claim in claims:
        _count(rows[claim.key], claim.limit, now)
    Tally.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["count", "until", "ends_at"],
    )
    return 0


def _count(row: Tally, limit: Limit, now: datetime) -> None:
    if row.ends_at <= now:
        row.count, row.ends_at = 0, now + limit.within
    row.count += 1
    row.until, row.ends_at = limit.after(row.count, now, row.ends_at)


def _longest_wait(claims: Sequence[Claim], rows: dict[str, Tally], now: datetime) -> int:
    waits = [_wait(rows[claim.key], claim.limit, now) for claim in claims if claim.key in rows]
    return max(waits, default=0)


def _wait(row: Tally, limit: Limit, now: datetime) -> int:
    is_full = row.ends_at > now and row.count >= limit.tries
    return max(0, ceil((row.until - now).total_seconds())) if is_full else 0


@transaction.atomic
def give_back(claims: Sequence[Claim]) -> None:
    """These tries were right after all, and do not count."""
    keys = [claim.key for claim in claims]
    _lock(keys)
    Tally.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


@transaction.atomic
def forget(keys: Sequence[str]) -> None:
    """Count from nothing again."""
    _lock(keys)
    Tally.objects.filter(key__in=keys).delete()


def _lock(keys: Sequence[str]) -> list[Tally]:
    """The rows of `keys`, locked until the transaction ends.

    In one order by all: of two who each wait for a row that the other has, the database ends one.
    """
    rows = Tally.objects.select_for_update().filter(key__in=keys)
    return list(rows.order_by("key"))
