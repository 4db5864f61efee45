"""Moments as programs read them."""

from datetime import UTC, datetime


def iso(moment: datetime | None) -> str:
    """`2017-07-18T20:16:19Z` (ISO 8601, RFC 3339, W3C); empty where there is no moment."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""
