"""What strangers put into a field, as the plain kinds of value that the records take."""

import re
from datetime import UTC, datetime

from posts.importers.dates import parse_date

UNFIT = re.compile("[\0\ud800-\udfff]")  # no database takes them
MILLISECONDS = 10_000_000_000  # a number above is no time in seconds: that would be the year 2286
FIRST_YEAR = 1970


def text_of(value) -> str:
    """The text or number as text, without what cannot be stored; "" for anything else."""
    if isinstance(value, str):
        return UNFIT.sub("", value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    return ""


def line_of(value) -> str:
    """Likewise, on one line."""
    return " ".join(text_of(value).split())


def number_of(value) -> int:
    """The whole number that a number or its digits mean; 0 for anything else."""
    if isinstance(value, int):
        return int(value)
    digits = value.strip() if isinstance(value, str) else ""
    return int(digits) if digits.isdecimal() and len(digits) < 19 else 0


def claim_of(value) -> bool:
    """Whether the field claims something: databases say so with true, 1 or "1"."""
    return value is True or number_of(value) == 1 or value == "true"


def moment_of(value) -> datetime | None:
    """The moment in UTC that a date or a count of seconds or milliseconds means; None if unclear."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return moment_since_1970(value)
    # Looking for a date in nothing takes long, and many fields are empty.
    return parse_date(value) if isinstance(value, str) and value.strip() else None


def moment_since_1970(count: float) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(count / 1000 if count > MILLISECONDS else count, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year >= FIRST_YEAR and count > 0 else None


def list_of(value) -> list:
    return value if isinstance(value, list) else []


def dict_of(value) -> dict:
    return value if isinstance(value, dict) else {}
