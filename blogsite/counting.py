"""Counting no further than somebody would read."""

from dataclasses import dataclass

from django.db.models import QuerySet

MOST = 99


@dataclass(frozen=True)
class Tally:
    """How many rows there are, as far as they were counted."""

    number: int

    def __bool__(self):
        return self.number > 0

    def __str__(self):
        return str(self.number) if self.number <= MOST else f"{MOST}+"


def tally(rows: QuerySet) -> Tally:
    """How many `rows` there are, in a query that stops after MOST of them."""
    return Tally(rows.order_by()[: MOST + 1].count())
