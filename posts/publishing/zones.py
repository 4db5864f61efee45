"""Clock times in somebody's own zone, and the moments that they mean."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from accounts.models import User
from accounts.profile.clock import zone_called

SECOND = timedelta(seconds=1)


class NoSuchTime(ValueError):
    """The clocks were put forward over this time; `next_valid` is what they show first after."""

    def __init__(self, next_valid: datetime):
        super().__init__(next_valid)
        self.next_valid = next_valid


@dataclass(frozen=True)
class Reading:
    """The moment (UTC) that a clock time means, the first one if it `exists_twice`."""

    moment: datetime
    exists_twice: bool = False


def zone_of(user: User | None) -> tzinfo:
    """The zone that `user` chose; UTC for who chose none."""
    name = getattr(user, "time_zone", "")
    return zone_called(name) if name else UTC


def name_of(zone: tzinfo) -> str:
    return getattr(zone, "key", "UTC")


def zone_showing(moment: datetime | None, zone: tzinfo) -> tzinfo:
    """`zone`, or UTC where the years of the calendar end before the moment is shown in it."""
    try:
        (moment or datetime.now(UTC)).astimezone(zone)
    except (OverflowError, ValueError):
        return UTC
    return zone


def shown(moment: datetime, zone: tzinfo) -> datetime:
    """What the clocks of `zone` show at `moment`, to the second."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def read(clock: datetime, zone: tzinfo) -> Reading:
    """The moment at which the clocks of `zone` show `clock`.

    Raises NoSuchTime, and OverflowError where the calendar has no such year in UTC.
    """
    early, late = (clock.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return Reading(early.astimezone(UTC))
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == clock:
        return Reading(early.astimezone(UTC), exists_twice=True)
    raise NoSuchTime(first_after_gap(clock, zone))


def first_after_gap(clock: datetime, zone: tzinfo) -> datetime:
    """What the clocks of `zone` show first after they were put forward over `clock`."""
    # Of a time in a gap, fold=1 counts by the new offset and so lies before the change.
    before = clock.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = clock.replace(tzinfo=zone, fold=0).astimezone(UTC)
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.astimezone(zone).replace(tzinfo=None, microsecond=0)


def said(moment: datetime, zone: tzinfo) -> str:
    """`2026-12-24 10:00 (Europe/Berlin, 09:00 UTC)`; the day in UTC too where it is another."""
    zone = zone_showing(moment, zone)
    own, utc = moment.astimezone(zone), moment.astimezone(UTC)
    if name_of(zone) == "UTC":
        return f"{utc:%Y-%m-%d %H:%M} UTC"
    in_utc = f"{utc:%H:%M}" if own.date() == utc.date() else f"{utc:%Y-%m-%d %H:%M}"
    return f"{own:%Y-%m-%d %H:%M} ({name_of(zone)}, {in_utc} UTC)"
