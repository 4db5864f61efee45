"""The posts of one thing in pages, the last of which costs what the first does."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet, Sum

from blogsite.pagecache import remembered
from blogsite.prepared import Prepared
from posts.models import Post, Tally
from posts.models.publication import time_of_readers
from posts.tallies.kinds import ROWS

Numbers = tuple[tuple[str, int], ...]  # periods, the newest first, and how many posts are of each


@dataclass(frozen=True)
class Listing:
    """The published posts of one thing, newest first; a paginator takes it for a list of rows.

    `period` is a year as "2026", a month as "2026-11", or "" for all. `prepare` is what the rows
    of a page are to have at hand.
    """

    kind: str = Tally.Kind.SITE
    key: int = 0
    period: str = ""
    prepare: Callable[[QuerySet], QuerySet] = QuerySet.all

    def within(self, period: str) -> "Listing":
        return replace(self, period=period)

    def count(self) -> int:
        return sum(number for _month, number in self.months())

    def months(self) -> list[tuple[str, int]]:
        months = months_of(self.kind, self.key)
        return [each for each in months if each[0].startswith(self.period)]

    def __getitem__(self, part: slice) -> list[Post]:
        """The posts from `part.start` to `part.stop`; other parts are not to be had."""
        place = self.find(part.start)
        if place is None:
            return []
        until, skipped = place
        shape = self.kind, self.prepare, skipped, skipped + part.stop - part.start
        now = time_of_readers()
        values = {"now": now, "until": min(now, until)}
        if self.period:
            values["since"] = first_moment(self.period)
        if self.kind != Tally.Kind.SITE:
            values["key"] = self.key
        return listed(*shape, **values)

    def find(self, place: int) -> tuple[datetime, int] | None:
        """The end of the day of the post at `place`, and how many of that day come before it.

        None where there is no such place.
        """
        month, left = seek(self.months(), place)
        if not month:
            return None
        day, left = seek(days_of(self.kind, self.key, month), left)
        return last_moment(day or month), left


@Prepared
def listed(kind, prepare, start, stop, *, now, until, since=None, key=0) -> QuerySet:
    """Rows of the posts from `start` to `stop`, newest first; an index has their keys."""
    rows = ROWS[kind]
    found = rows.of(key).published(until, now)
    if since:
        found = found.filter(published_at__gte=since)
    chosen = found.order_by("-published_at", f"-{rows.post}").values(rows.post)[start:stop]
    # Not `objects`: what those leave out is left out already, and this way no database thinks
    # of walking all posts in their order to find a page of them.
    return prepare(Post.everything.filter(pk__in=chosen).newest_first())


def seek(numbers: Iterable[tuple[str, int]], place: int) -> tuple[str, int]:
    """The period that `place` lies in, and the place within it; no period where they are too few."""
    for period, number in numbers:
        if place < number:
            return period, place
        place -= number
    return "", place


def first_moment(period: str) -> datetime:
    digits = period.strip("d").replace("-", "")
    year, month, day = digits[:4], digits[4:6] or 1, digits[6:] or 1
    return datetime(int(year), int(month), int(day), tzinfo=UTC)


def last_moment(period: str) -> datetime:
    """The last moment of a month or a day."""
    days = 1 if period.startswith("d") else 32
    after = first_moment(period) + timedelta(days=days)
    return (after if days == 1 else after.replace(day=1)) - timedelta(microseconds=1)


@remembered
def months_of(kind: str, key: int) -> Numbers:
    """Months with published posts, the newest first: as "2026-11", with their number."""
    tallies = Tally.objects.filter(kind=kind, key=key, period__gt="", period__lt="d")
    return without(Counter(f"{day:%Y-%m}" for day in hidden_days(kind, key)), tallies)


@remembered
def days_of(kind: str, key: int, month: str) -> Numbers:
    """Days of a month, likewise: as "d20261123"."""
    day = f"d{month.replace('-', '')}"
    tallies = Tally.objects.filter(kind=kind, key=key, period__gt=day, period__lte=f"{day}99")
    return without(Counter(f"{day:d%Y%m%d}" for day in hidden_days(kind, key)), tallies)


def without(hidden: Counter, tallies: QuerySet) -> Numbers:
    """What `tallies` say, less what is hidden of it."""
    numbers = tallies.order_by("-period").values("period").values_list("period", Sum("number"))
    shown = ((period, number - hidden[period]) for period, number in numbers)
    return tuple(each for each in shown if each[1] > 0)


@remembered
def hidden_days(kind: str, key: int) -> tuple[datetime, ...]:
    """When those posts are dated that tallies count and readers do not see.

    They are scheduled or expired. It is asked once, until one of them changes or the clock does.
    """
    rows, now = ROWS[kind].of(key), time_of_readers()
    scheduled = rows.scheduled().values_list("published_at", flat=True)
    # Their dates are compared here: with one more bound SQLite may take the index of these, and
    # walk all posts.
    expired = rows.filter(expires_at__lte=now).values_list("published_at", flat=True)
    began = [moment for moment in expired if moment and moment <= now]
    return tuple(moment.astimezone(UTC) for moment in [*scheduled, *began])
