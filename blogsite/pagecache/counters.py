"""How often each topic has moved, in one small file that all processes of a machine share.

The file holds numbers of eight bytes: a mark, the epoch, how many changes are under way, then SLOTS
counters, then RECORDS records of changes under way. Each change raises the epoch, and sets the
counters of its topics to it. So "has any of these topics moved since the epoch 812?" is a look at
their counters, and "has anything moved?" is a look at one number.

Topics share the counters by their hash. Two that share one move together, which costs a page made
anew, and is never wrong.

A change is announced before its first row is written, and moves its topics; it ends after the
commit, and moves them again. In between, what its topics say counts as out of date, so no page
that was made from the old rows can outlive them, not even if the process is killed between its
commit and the end: whoever comes by next finds the record of a dead process and ends it.
"""

import fcntl
import mmap
import os
import threading
import time
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

MARK = int.from_bytes(b"topics02", "little")
EVERYTHING = "*"  # the topic of every page
SLOTS = 4096
# Changes under way at once. One beyond them moves everything, and only if its process is killed
# between its commit and its end would nobody know.
RECORDS = 256
PER_RECORD = 16  # numbers: the process, when that began, how many slots, and the slots
MOST_TOPICS = PER_RECORD - 3  # of one change; one with more counts as a change of everything
EPOCH, UNDER_WAY, FIRST_SLOT = 1, 2, 3
FIRST_RECORD = FIRST_SLOT + SLOTS
NUMBERS = FIRST_RECORD + RECORDS * PER_RECORD
LOOK_SECONDS = 1  # between two looks whether somebody has removed or replaced the file


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
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
        self.identity = os.fstat(self.file).st_dev, os.fstat(self.file).st_ino
        self.looks_again = time.monotonic() + LOOK_SECONDS
        self.mutex = threading.Lock()
        self.process = os.getpid()
        self.began = began_at(self.process)
        with _locked(self):
            has_size = os.fstat(self.file).st_size == NUMBERS * 8
            if not has_size:
                # Written, not only made longer: on a full disk this fails here, and not later under
                # whoever writes to its memory, who would be killed for it.
                os.pwrite(self.file, bytes(NUMBERS * 8), 0)
                os.ftruncate(self.file, NUMBERS * 8)
            self.memory = mmap.mmap(self.file, NUMBERS * 8)
            self.numbers = memoryview(self.memory).cast("Q")
            if not has_size or self.numbers[0] != MARK:
                self._begin_anew()

    def is_lost(self) -> bool:
        """Whether another file, or none, lies where ours was."""
        self.looks_again = time.monotonic() + LOOK_SECONDS
        try:
            there = self.path.stat()
        except OSError:
            return True
        return (there.st_dev, there.st_ino) != self.identity

    def follow(self, lost: "Counters") -> None:
        """Take the place of those that this process has used; nothing from then is right."""
        with _locked(self):
            self.numbers[EPOCH] = max(self.epoch, lost.epoch)
            self.move([slot_of(EVERYTHING)])

    @property
    def epoch(self) -> int:
        return self.numbers[EPOCH]

    def _begin_anew(self) -> None:
        """All numbers are lost, or nobody's. Other processes may have pages from before.

        So their epoch is later than any before, and everything has moved. Under the lock.
        """
        self.memory[:] = bytes(NUMBERS * 8)
        self.numbers[EPOCH] = time.time_ns()
        self.move([slot_of(EVERYTHING)])
        self.numbers[0] = MARK

    def has_moved(self, slots: Collection[int], since: int) -> bool:
        """Whether one of these has moved after the epoch `since`, or is about to."""
        numbers = self.numbers
        if numbers[0] != MARK:  # somebody has written over them, and nobody knows
            return True
        for slot in slots:
            if numbers[slot] > since:
                return True
        return bool(numbers[UNDER_WAY]) and self._is_under_way(slots)

    # --- Changes ----------------------------------------------------------------

    def begin(self, topics: Collection[str]) -> "Change":
        """Announce a change of `topics`, before its first row is written."""
        change = self.change()
        change.extend(topics)
        return change

    def change(self) -> "Change":
        return Change(self)

    def move(self, slots: Iterable[int]) -> None:
        """To be called under the lock."""
        following = self.numbers[EPOCH] + 1
        for slot in slots:
            self.numbers[slot] = following
        self.numbers[EPOCH] = following

    def claim_record(self) -> int | None:
        """A free record, as its first number; None where all are taken. Under the lock."""
        for first in range(FIRST_RECORD, NUMBERS, PER_RECORD):
            if not self.numbers[first]:
                self.numbers[first + 2] = 0
                self.numbers[first + 1] = self.began
                self.numbers[first] = self.process
                self.count()
                return first
        return None

    def count(self) -> None:
        """Count the changes under way, which a killed process may have left wrong."""
        taken = sum(bool(pid) for pid in self.numbers[FIRST_RECORD::PER_RECORD].tolist())
        self.numbers[UNDER_WAY] = taken

    def _is_under_way(self, slots: Collection[int]) -> bool:
        wanted = {*slots, slot_of(EVERYTHING)}
        found = False
        for first in range(FIRST_RECORD, NUMBERS, PER_RECORD):
            pid = self.numbers[first]
            if not pid:
                continue
            number = min(self.numbers[first + 2], MOST_TOPICS)
            its_slots = self.numbers[first + 3 : first + 3 + number].tolist()
            if not _is_alive(pid, self.numbers[first + 1]):
                self._end_dead(first, pid)
                found = True
            elif slot_of(EVERYTHING) in its_slots or not wanted.isdisjoint(its_slots):
                found = True
        return found

    def _end_dead(self, first: int, pid: int) -> None:
        """End the change of a process that is no more; whether it was committed, nobody knows."""
        with _locked(self):
            if self.numbers[first] == pid:
                number = min(self.numbers[first + 2], MOST_TOPICS)
                self.move(self.numbers[first + 3 : first + 3 + number].tolist())
                self.numbers[first] = 0
                self.count()


class Change:
    """Rows being written; `end` it after their commit, or after they were taken back."""

    def __init__(self, counters: Counters):
        self.counters = counters
        self.record = None
        self.slots = set()

    def extend(self, topics: Collection[str]) -> None:
        """More topics of the same change, before the first row that they are about."""
        counters = self.counters
        slots = {slot_of(topic) for topic in topics} - self.slots
        if not slots or slot_of(EVERYTHING) in self.slots:
            return
        with _locked(counters):
            if self.record is None:
                self.record = counters.claim_record()
            if self.record is None or len(self.slots | slots) > MOST_TOPICS:
                slots = {slot_of(EVERYTHING)}
            if self.record is not None:
                kept = [] if slot_of(EVERYTHING) in slots else [*self.slots]
                for place, slot in enumerate([*kept, *slots], self.record + 3):
                    counters.numbers[place] = slot
                counters.numbers[self.record + 2] = len(kept) + len(slots)
            self.slots |= slots
            counters.move(slots)

    def end(self) -> None:
        with _locked(self.counters):
            self.counters.move(self.slots)
            if self.record is not None:
                self.counters.numbers[self.record] = 0
                self.counters.count()
        self.record = None
        self.slots = set()


class _locked:
    """One thread of one process at a time. The system frees what a dead process had locked."""

    def __init__(self, counters: Counters):
        self.counters = counters

    def __enter__(self):
        self.counters.mutex.acquire()
        fcntl.lockf(self.counters.file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        fcntl.lockf(self.counters.file, fcntl.LOCK_UN)
        self.counters.mutex.release()


def _is_alive(pid: int, began: int) -> bool:
    return began_at(pid) == began


def began_at(pid: int) -> int:
    """When a process began, in ticks since the machine did, so that its number is no other's.

    0 where there is none; 1 where the system does not tell.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return 0
    except OSError:
        return 0
    else:
        return int(text.rpartition(")")[2].split()[19])  # field 22 of proc(5)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return 0
    except PermissionError:
        pass
    return 1


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
    elif known.looks_again < time.monotonic() and known.is_lost():
        with _making:
            if _counters is known:
                _counters = _in_place_of(known)
    return _counters


def _in_place_of(lost: Counters) -> Counters:
    try:
        found = Counters(lost.path)
    except OSError:  # nobody else can open one either
        return lost
    found.follow(lost)
    return found


def _of_this_site():
    if not settings.PAGECACHE_REDIS:
        return Counters(settings.PAGECACHE_TOPICS)
    from blogsite.pagecache.shared.counters import SharedCounters

    return SharedCounters(settings.PAGECACHE_REDIS, settings.PAGECACHE_NAME)


def touch(*topics: str) -> None:
    """Move `topics`: what was made from them before is out of date."""
    counters().begin(topics).end()
