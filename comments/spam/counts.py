"""The table of token counts: read for a score, moved by a lesson."""

from collections import defaultdict
from collections.abc import Iterable
from struct import iter_unpack, pack

from django.db.models import F
from django.db.models.functions import Greatest

from comments.models import SpamToken
from comments.models.spam import TOTALS_KEY
from comments.spam.filter import Totals

# Below the number of parameters that any SQLite takes in one statement (32,766).
AT_ONCE = 5000

Deltas = dict[int, tuple[int, int]]


def read(keys: Iterable[int]) -> tuple[dict[int, tuple[int, int]], Totals]:
    """The counts (good, spam) of those keys that are known, and of all comments. One query."""
    rows = SpamToken.objects.filter(pk__in=[TOTALS_KEY, *keys])
    counts = {key: (good, spam) for key, good, spam in rows.values_list()}
    return counts, Totals(*counts.pop(TOTALS_KEY, (0, 0)))


def lock() -> None:
    """Let nobody else move counts until the transaction ends.

    Everyone who moves any takes this one row first; so two who learn at once, each many tokens in
    whatever order, never wait for each other in a circle.
    """
    SpamToken.objects.bulk_create([SpamToken(key=TOTALS_KEY)], ignore_conflicts=True)
    list(SpamToken.objects.select_for_update().filter(key=TOTALS_KEY))


def clear() -> None:
    """Forget all counts. The caller holds the lock, so the row that it lies on has to stay."""
    SpamToken.objects.exclude(key=TOTALS_KEY).delete()
    SpamToken.objects.filter(key=TOTALS_KEY).update(good_count=0, spam_count=0)


def move(deltas: Deltas) -> None:
    """Add to the counts; a row that comes down to nothing goes. The caller holds the lock."""
    deltas = {key: delta for key, delta in deltas.items() if any(delta)}
    grown = [key for key, delta in deltas.items() if max(delta) > 0]
    for keys in portions(grown):
        SpamToken.objects.bulk_create([SpamToken(key=key) for key in keys], ignore_conflicts=True)
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, delta in deltas.items():
        alike[delta].append(key)
    for (good, spam), same in alike.items():
        for keys in portions(same):
            SpamToken.objects.filter(key__in=keys).update(
                good_count=_plus("good_count", good), spam_count=_plus("spam_count", spam)
            )
    shrunk = [key for key, delta in deltas.items() if min(delta) < 0 and key != TOTALS_KEY]
    for keys in portions(shrunk):
        SpamToken.objects.filter(key__in=keys, good_count=0, spam_count=0).delete()


def _plus(column: str, change: int):
    """Never below nothing: a table that somebody emptied must not stop a decision."""
    return Greatest(F(column) + change, 0) if change < 0 else F(column) + change


def portions(keys: list[int]) -> Iterable[list[int]]:
    keys = sorted(keys)
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def packed(keys: Iterable[int]) -> bytes:
    """Keys as bytes, eight for each."""
    keys = sorted(keys)
    return pack(f"<{len(keys)}q", *keys)


def unpacked(memory: bytes) -> list[int]:
    return [key for (key,) in iter_unpack("<q", memory)]
