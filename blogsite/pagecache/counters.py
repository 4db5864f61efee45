"""How often each topic has moved, in one small file that all processes of a machine share.

The file holds numbers: a mark, the epoch, how many changes are under way, when the file was begun,
then SLOTS counters, then RECORDS records of changes under way. Each change raises the epoch, and
sets the counters of its topics to it. So "has any of these topics moved since the epoch 812?" is a
look at their counters, and "has anything moved?" is a look at one number.

Topics share the counters by their hash. Two that share one move together, which costs a page made
anew, and is never wrong.

A change is announced before its first row is written, and moves its topics; it ends after the
commit, and moves them again. In between, what its topics say counts as out of date, so no page
that was made from the old rows can outlive them, not even if the process is killed between its
commit and the end: whoever comes by next finds that nobody holds the record, and ends the change.
"""

import os
import threading
import time
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from blogsite.pagecache.ledger import Ledger

MARK = int.from_bytes(b"topics03", "little")
EVERYTHING = "*"  # the topic of every page
SLOTS = 4096
# Changes under way at once. One beyond them moves everything, and only if its process is killed
# between its commit and its end would nobody know.
RECORDS = 256
PER_RECORD = 16  # numbers: how many slots, and the slots
MOST_TOPICS = PER_RECORD - 1  # of one change; one with more counts as a change of everything
EPOCH, UNDER_WAY, BEGUN, FIRST_SLOT = 1, 2, 3, 4
FIRST_RECORD = FIRST_SLOT + SLOTS
NUMBERS = FIRST_RECORD + RECORDS * PER_RECORD
LOOK_SECONDS = 1  # between two looks whether somebody has removed, replaced or emptied the file


@lru_cache(maxsize=20_000)
def slot_of(topic: str) -> int:
    """The place of a topic's counter; the same in every process."""
    return FIRST_SLOT + zlib.crc32(topic.encode()) % SLOTS


def slots_of(topics: Iterable[str]) -> tuple[int, ...]:
    return tuple({slot_of(topic) for topic in topics} | {slot_of(EVERYTHING)})


class Counters:
    """The counters in the file at `path`, which is made if it is not there."""

    is_local = True  # to ask them takes no time

    def __init__(self, path: Path):
        self.path = path
        self.process = os.getpid()
        self.mutex = threading.RLock()  # who has it may open another file
        self._open()

    def now(self) -> "Counters":
        """What is known at this moment, to be asked for its epoch first."""
        return self

    @property
    def epoch(self) -> int:
        return self.numbers[EPOCH]

    def has_moved(self, slots: Collection[int], since: int) -> bool:
        """Whether one of these has moved after the epoch `since`, or is about to."""
        numbers = self.numbers
        if numbers[0] != MARK:  # somebody has written over them, and nobody knows
            return True
        for slot in slots:
            if numbers[slot] > since:
                return True
        return bool(numbers[UNDER_WAY]) and self._is_under_way(slots)

    def change(self) -> "Change":
        return Change(self)

    def begin(self, topics: Collection[str]) -> "Change":
        """Announce a change of `topics`, before its first row is written."""
        change = self.change()
        change.extend(topics)
        return change

    # --- The file -----------------------------------------------------------------

    def look(self) -> None:
        """Look whether the file is still ours; if not, nothing that was made before is right."""
        self.looks_again = time.monotonic() + LOOK_SECONDS
        with self.mutex:
            if not self.ledger.is_there():
                self._open_another()
            elif not self.ledger.is_whole() or self.numbers[0] != MARK:
                with self.ledger.locked():
                    self._begin_if_lost()

    @property
    def era(self) -> tuple[Ledger, int]:
        """Records of changes are there for one of these."""
        return self.ledger, self.numbers[BEGUN]

    def _open(self) -> None:
        ledger = Ledger(self.path, NUMBERS)
        self.ledger, self.numbers = ledger, ledger.numbers
        self.looks_again = time.monotonic() + LOOK_SECONDS
        with ledger.locked():
            self._begin_if_lost()

    def _open_another(self) -> None:
        epoch = self.epoch
        try:
            self._open()
        except OSError:  # nobody else can open one either
            return
        with self.ledger.locked():
            self.numbers[EPOCH] = max(self.epoch, epoch)
            self._move([slot_of(EVERYTHING)])

    def _begin_if_lost(self) -> None:
        """Other processes may have pages from before all numbers were lost, or nobody's.

        So their epoch is later than any before, and everything has moved. Under the lock.
        """
        self.ledger.take_room()
        if self.numbers[0] == MARK:
            return
        self.numbers[:] = memoryview(bytes(NUMBERS * 8)).cast("Q")
        self.numbers[EPOCH] = self.numbers[BEGUN] = time.time_ns()
        self._move([slot_of(EVERYTHING)])
        self.numbers[0] = MARK

    # --- Changes ------------------------------------------------------------------

    def announce(self, change: "Change") -> None:
        """Note that its slots are about to move, in its record or a free one, and move them."""
        with self.mutex, self.ledger.locked():
            if change.era != self.era:
                change.record, change.era = self._free_record(), self.era
            if (record := change.record) is not None:
                for place, slot in enumerate(change.slots, record + 1):
                    self.numbers[place] = slot
                self.numbers[record] = len(change.slots)
                self._count()
            self._move(change.slots)

    def end(self, change: "Change") -> None:
        with self.mutex, self.ledger.locked():
            self._move(change.slots)
            if change.era == self.era and change.record is not None:
                self.numbers[change.record] = 0
                self._count()
                self.ledger.release(change.record)

    def _move(self, slots: Iterable[int]) -> None:
        """Under the lock, like all that follows but the last."""
        following = self.numbers[EPOCH] + 1
        for slot in slots:
            self.numbers[slot] = following
        self.numbers[EPOCH] = following

    def _free_record(self) -> int | None:
        for record in range(FIRST_RECORD, NUMBERS, PER_RECORD):
            if not self.numbers[record] and self.ledger.hold(record):
                return record
        return None

    def _count(self) -> None:
        """Count the changes under way, which a killed process may have left wrong."""
        self.numbers[UNDER_WAY] = len(self._taken_records())

    def _end_dead(self, record: int) -> None:
        """End the change of a process that is no more; whether it was committed, nobody knows."""
        with self.mutex, self.ledger.locked():
            if not self.ledger.is_held(record):
                self._move(self._slots_in(record))
                self.numbers[record] = 0
                self._count()

    def _taken_records(self) -> list[int]:
        sizes = self.numbers[FIRST_RECORD::PER_RECORD].tolist()
        return [FIRST_RECORD + i * PER_RECORD for i, size in enumerate(sizes) if size]

    def _slots_in(self, record: int) -> list[int]:
        number = min(self.numbers[record], MOST_TOPICS)
        return self.numbers[record + 1 : record + 1 + number].tolist()

    def _is_under_way(self, slots: Collection[int]) -> bool:
        wanted, found = {*slots, slot_of(EVERYTHING)}, False
        for record in self._taken_records():
            found = found or not wanted.isdisjoint(self._slots_in(record))
            if not self.ledger.is_held(record):
                self._end_dead(record)
        return found


class Change:
    """Rows being written; `end` it after their commit, or after they were taken back."""

    def __init__(self, counters: Counters):
        self.counters = counters
        self._forget()

    def extend(self, topics: Collection[str]) -> None:
        """More topics of the same change, before the first row that they are about."""
        slots = {slot_of(topic) for topic in topics}
        if slots <= self.slots or slot_of(EVERYTHING) in self.slots:
            return
        is_too_much = len(self.slots | slots) > MOST_TOPICS
        self.slots = {slot_of(EVERYTHING)} if is_too_much else self.slots | slots
        self.counters.announce(self)

    def confirm(self) -> None:
        """To be called before the commit. If the counters were lost meanwhile, announce it again."""
        self.counters.look()
        if self.slots and self.era != self.counters.era:
            self.counters.announce(self)

    def end(self) -> None:
        self.confirm()
        self.counters.end(self)
        self._forget()

    def _forget(self) -> None:
        self.record, self.slots, self.era = None, set(), None


_counters = None
_making = threading.Lock()


def counters() -> Counters:
    """Those of this site: in a file, or in Redis. A process that was forked opens its own."""
    global _counters
    known = _counters
    if known is None or known.process != os.getpid():
        with _making:
            if _counters is None or _counters.process != os.getpid():
                _counters = _of_this_site()
    elif known.looks_again < time.monotonic():
        known.look()
    return _counters


def _of_this_site():
    if not settings.PAGECACHE_REDIS:
        return Counters(settings.PAGECACHE_TOPICS)
    from blogsite.pagecache.shared.counters import SharedCounters

    return SharedCounters(settings.PAGECACHE_REDIS, settings.PAGECACHE_NAME)


def touch(*topics: str) -> None:
    """Move `topics`: what was made from them before is out of date."""
    counters().begin(topics).end()
