"""When things happened, as WordPress writes it: once in UTC, once in the time of the site."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

from posts.importers.dates import parse_date

STAMP = re.compile(r"\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.ASCII)
QUARTER_HOUR = 15  # minutes; every offset that is in use is a multiple
FURTHEST = 14 * 60  # minutes from UTC, on Kiritimati
YEARS = range(1970, 9000)  # 0000-00-00 is WordPress's "no date"


def stamp(text: str) -> datetime | None:
    """`text` as a moment of no certain zone; None if it is none."""
    found = STAMP.match(text)
    try:
        moment = datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return moment if moment and moment.year in YEARS else None


class Offsets:
    """How far the site was from UTC, learnt from the items that have both times.

    By month, since most places change their clocks and exports do not name the place.
    """

    def __init__(self):
        self.months: dict[tuple[int, int], int] = {}
        self.seasons: dict[int, int] = {}
        self.counts: Counter[int] = Counter()

    def learn(self, local: datetime | None, in_utc: datetime | None) -> None:
        if local is None or in_utc is None:
            return
        minutes = round((local - in_utc).total_seconds() / 60 / QUARTER_HOUR) * QUARTER_HOUR
        if abs(minutes) > FURTHEST:
            return  # one of them was changed by hand
        self.months[local.year, local.month] = minutes
        self.seasons[local.month] = minutes
        self.counts[minutes] += 1

    def at(self, local: datetime) -> int | None:
        """Minutes that the site's clock was ahead of UTC; None where no item tells."""
        if (local.year, local.month) in self.months:
            return self.months[local.year, local.month]
        if local.month in self.seasons:
            return self.seasons[local.month]
        return self.counts.most_common(1)[0][0] if self.counts else None


def moment(in_utc: str, local: str, mail_date: str, offsets: Offsets) -> datetime | None:
    """The moment in UTC, from the best of what the export has of it; None if it has nothing."""
    if known := stamp(in_utc):
        return known.replace(tzinfo=UTC)
    here = stamp(local)
    offset = offsets.at(here) if here else None
    if here and offset is not None:
        return (here - timedelta(minutes=offset)).replace(tzinfo=UTC)
    if mail_date.strip() and "-0001" not in mail_date and (known := parse_date(mail_date)):
        return known
    return here.replace(tzinfo=UTC) if here else None
