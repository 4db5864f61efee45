"""Dates as people and programs write them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\b\.?)?)?"
    r"\s*(?P<zone>\S.*)?\Z"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z?))?\Z")
HAS_TIME = re.compile(r"\d:\d\d|\A\d{8}T?\d{6}")
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp]\.?[Mm]\b)?")
WORDED = [  # the weekday, the time, commas and "5th" are taken out before
    "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y %b %d", "%B %Y", "%b %Y",
    "%d-%b-%Y", "%d.%m.%Y",
]  # fmt: skip
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b\.?", re.IGNORECASE)
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?\Z")
# Abbreviations that blogs write; where several zones share one, the American is meant.
ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "AEST": 10, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
FIRST_YEAR = 1970  # earlier ones are mistakes in a blog; "0001-01-01" is Hugo's "no date"


def parse_date(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment in UTC that `text` means, read in `zone` where it names none; None if unclear.

    A day without a time is that day in UTC, whatever the zone: this site files texts under their
    day in UTC, and an address such as /2020/03/01/ has to stay true.
    """
    text = " ".join(text.split())[:100]
    if not HAS_TIME.search(text):
        zone = UTC
    for read in (read_iso, read_compact, read_mail, read_slashed, read_worded):
        try:
            moment = read(text, zone)
            if moment and moment.year >= FIRST_YEAR:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def read_iso(text: str, zone: tzinfo) -> datetime | None:
    found = ISO.match(text)
    if not found:
        return None
    hour = on_24_hours(int(found["hour"] or 0), found["half"])
    if found["zone"]:
        zone = zone_of(found["zone"])
    return datetime(
        int(found["year"]),
        int(found["month"]),
        int(found["day"]),
        hour,
        int(found["minute"] or 0),
        min(int(found["second"] or 0), 59),
        tzinfo=zone,
    )


def read_compact(text: str, zone: tzinfo) -> datetime | None:
    found = COMPACT.match(text)
    if not found:
        return None
    numbers = [int(part or 0) for part in found.groups()[:6]]
    return datetime(*numbers, tzinfo=UTC if found[7] else zone)


def read_mail(text: str, zone: tzinfo) -> datetime | None:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def read_slashed(text: str, zone: tzinfo) -> datetime | None:
    """03/25/2014 or 25/03/2014; 03/04/2014 may be either day and is left alone."""
    found = SLASHED.match(text)
    if not found:
        return None
    first, second, year = map(int, found.groups())
    if first != second and first <= 12 and second <= 12:
        return None
    month, day = (first, second) if first <= 12 else (second, first)
    return datetime(year, month, day, tzinfo=zone)


def read_worded(text: str, zone: tzinfo) -> datetime | None:
    clock = CLOCK.search(text)
    day = WEEKDAY.sub("", text[: clock.start()] if clock else text)
    day = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", day, flags=re.IGNORECASE)
    day = re.sub(r"\bat\b", "", day, flags=re.IGNORECASE)
    # "Sept" is what people write and strptime does not know.
    day = re.sub(r"\bSept\b", "Sep", day, flags=re.IGNORECASE)
    day = " ".join(re.sub(r"[,.](?=\s|\Z)", " ", day).split())
    for format_ in WORDED:
        try:
            moment = datetime.strptime(day, format_).replace(tzinfo=zone)
        except ValueError:
            continue
        return at_clock(moment, clock, text) if clock else moment
    return None


def at_clock(moment: datetime, clock: re.Match, text: str) -> datetime:
    rest = text[clock.end() :].strip()
    return moment.replace(
        hour=on_24_hours(int(clock[1]), clock[4]),
        minute=int(clock[2]),
        second=int(clock[3] or 0),
        tzinfo=zone_of(rest) if rest else moment.tzinfo,
    )


def on_24_hours(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def zone_of(name: str) -> tzinfo:
    """The zone that `name` means: `-0400`, `+05:30`, `EST`, `Europe/Paris`; raises ValueError."""
    name = name.strip().strip("()")
    if found := OFFSET.match(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    if name.upper() in ABBREVIATIONS:
        return timezone(timedelta(hours=ABBREVIATIONS[name.upper()]))
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(f"no time zone {name}") from error
