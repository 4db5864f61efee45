"""Where a text stands in the index: one number, the greater the newer.

It holds the moment in whole seconds and the primary key, so an index that goes through its texts
in the order of this number gives the newest first, and needs no table to tell whose text it is.
"""

from datetime import UTC, datetime

KEY_BITS = 29  # half a thousand million texts; 34 bits are left for seconds, until the year 2514
KEYS = (1 << KEY_BITS) - 1
MOST_SECONDS = (1 << 34) - 1  # texts from later years share that one
UNDATED = KEYS  # texts without a moment have places up to here
LATEST = (1 << 63) - 1


def place_of(key: int, moment: datetime | None) -> int:
    """Texts without a moment, and those from before 1970, come last."""
    return (seconds_of(moment) << KEY_BITS) | key if moment else key


def first_place(moment: datetime) -> int:
    """The least place that a text of this moment may have."""
    return seconds_of(moment) << KEY_BITS


def last_place(moment: datetime) -> int:
    """The greatest one."""
    return first_place(moment) | KEYS


def key_at(place: int) -> int:
    return place & KEYS


def moment_at(place: int) -> datetime:
    return datetime.fromtimestamp(place >> KEY_BITS, UTC)


def seconds_of(moment: datetime) -> int:
    """Since 1970, as far as the number has room for them."""
    return min(max(int(moment.timestamp()), 0), MOST_SECONDS)
