"""How often each process answered from what it kept, in a small file that a command can read."""

import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from blogsite.pagecache.ledger import Ledger

KINDS = ["hits", "misses", "stale", "past", "unkept", "waits", "evicted", "pages", "bytes"]
FIRST_KIND = 1
HITS = FIRST_KIND + KINDS.index("hits")
PER_ROW = 16  # numbers: the process, and those of KINDS
ROWS = 128  # processes; one beyond them counts for itself alone
NUMBERS = 1 + ROWS * PER_ROW  # the first is none of a row: its place is the lock for all of them


class Row(NamedTuple):
    process: int
    numbers: dict[str, int]


class Activity:
    """The numbers of one process. Only it writes to them."""

    def __init__(self, numbers: memoryview):
        self.numbers = numbers
        self.mutex = threading.Lock()

    @classmethod
    def of_this_process(cls) -> "Activity":
        """A row of the file, or one that nobody else sees where there is none left."""
        ledger = _ledger(os.getpid())
        with ledger.locked():
            for place in range(1, NUMBERS, PER_ROW):
                if place in ledger.mine:
                    return cls(_row(ledger, place))
            for place in range(1, NUMBERS, PER_ROW):
                if ledger.hold(place):
                    row = _row(ledger, place)
                    row[:] = _empty_row()
                    row[0] = os.getpid()
                    return cls(row)
        return cls(_empty_row())

    def count(self, kind: str, number: int = 1) -> None:
        with self.mutex:
            self.numbers[FIRST_KIND + KINDS.index(kind)] += number

    def weigh(self, pages: int, size: int) -> None:
        self.numbers[FIRST_KIND + KINDS.index("pages")] = pages
        self.numbers[FIRST_KIND + KINDS.index("bytes")] = size


def of_all() -> Iterator[Row]:
    """The processes that are alive."""
    ledger = _ledger(os.getpid())
    for place in range(1, NUMBERS, PER_ROW):
        row = _row(ledger, place)
        if row[0] and ledger.is_held(place):
            yield Row(row[0], dict(zip(KINDS, row[FIRST_KIND:].tolist(), strict=False)))


def _ledger(process: int) -> Ledger:
    return _opened(Path(settings.PAGECACHE_TOPICS).with_suffix(".activity"), process)


@cache
def _opened(path: Path, process: int) -> Ledger:
    """A process that was forked opens its own."""
    return Ledger(path, NUMBERS)


def _row(ledger: Ledger, place: int) -> memoryview:
    return ledger.numbers[place : place + PER_ROW]


def _empty_row() -> memoryview:
    return memoryview(bytearray(PER_ROW * 8)).cast("Q")
