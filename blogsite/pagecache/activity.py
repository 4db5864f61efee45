"""How often each process answered from what it kept, in a small file that a command can read."""

import fcntl
import mmap
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from blogsite.pagecache.counters import began_at

KINDS = ["hits", "misses", "stale", "past", "unkept", "waits", "evicted", "pages", "bytes"]
HITS = 2 + KINDS.index("hits")
PER_ROW = 16  # numbers: the process, when it began, and those of KINDS
ROWS = 128  # processes; one beyond them counts for itself alone


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
        pid, began = os.getpid(), began_at(os.getpid())
        with _opened() as rows:
            for row in rows:
                is_mine = (row[0], row[1]) == (pid, began)
                if is_mine or not row[0] or began_at(row[0]) != row[1]:
                    if not is_mine:
                        row[:] = memoryview(bytes(PER_ROW * 8)).cast("Q")
                        row[0], row[1] = pid, began
                    return cls(row)
        return cls(memoryview(bytearray(PER_ROW * 8)).cast("Q"))

    def count(self, kind: str, number: int = 1) -> None:
        with self.mutex:
            self.numbers[2 + KINDS.index(kind)] += number

    def weigh(self, pages: int, size: int) -> None:
        self.numbers[2 + KINDS.index("pages")] = pages
        self.numbers[2 + KINDS.index("bytes")] = size


def of_all() -> Iterator[Row]:
    """The processes that are alive."""
    with _opened() as rows:
        for row in rows:
            if row[0] and began_at(row[0]) == row[1]:
                yield Row(row[0], dict(zip(KINDS, row[2:].tolist(), strict=False)))


class _opened:
    """The rows of the file, which stay usable after the block; only in it may one be taken."""

    def __enter__(self) -> list[memoryview]:
        path = Path(settings.PAGECACHE_TOPICS).with_suffix(".activity")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        size = ROWS * PER_ROW * 8
        if os.fstat(self.file).st_size != size:
            os.ftruncate(self.file, size)
        numbers = memoryview(mmap.mmap(self.file, size)).cast("Q")
        return [numbers[first : first + PER_ROW] for first in range(0, ROWS * PER_ROW, PER_ROW)]

    def __exit__(self, *_):
        fcntl.lockf(self.file, fcntl.LOCK_UN)
        os.close(self.file)
