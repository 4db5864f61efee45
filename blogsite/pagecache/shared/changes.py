"""Changes, told to Redis; and what becomes of those that could not be told."""

import os
import threading
import uuid
from collections.abc import Collection
from contextlib import suppress

from blogsite.pagecache.counters import EVERYTHING, slot_of
from blogsite.pagecache.shared.line import Away
from blogsite.pagecache.shared.scripts import ANNOUNCE, END, RENEW

MOST_TOPICS = 200  # of one change; one with more counts as a change of everything
# A process that gives no sign of life for so long is dead, and its changes have ended.
LEASE_SECONDS = 30
SIGN_OF_LIFE_SECONDS = 10
TRY_AGAIN_SECONDS = 0.25


class SharedChange:
    """Rows being written; `end` it after their commit, or after they were taken back."""

    def __init__(self, counters):
        self.counters = counters
        self.name = uuid.uuid4().hex
        self.slots: set[int] = set()
        self.record = ""

    def extend(self, topics: Collection[str]) -> frozenset[str]:
        """More topics, before the first row that they are about; those that nobody could be told."""
        slots = {slot_of(topic) for topic in topics} - self.slots
        if not slots or slot_of(EVERYTHING) in self.slots:
            return frozenset()
        if len(self.slots | slots) > MOST_TOPICS:
            slots = {slot_of(EVERYTHING)}
        self.slots |= slots
        record = f"{self.name}:{','.join(map(str, sorted(self.slots)))}"
        lease = LEASE_SECONDS * 1000
        try:
            self.counters.tell(ANNOUNCE, lease, self.record, record, *slots)
        except Away:
            return frozenset(topics)
        self.counters.keeper.goes_on(self.name, record)
        self.record = record
        return frozenset()

    def confirm(self) -> None:
        """To be called before the commit: Redis may have been emptied since it was told."""
        if self.record:
            with suppress(Away):
                self.counters.tell(ANNOUNCE, LEASE_SECONDS * 1000, self.record, self.record)

    def end(self) -> None:
        self.counters.keeper.has_ended(self.name)
        if self.slots:
            try:
                self.counters.tell(END, self.record, *self.slots, insists=True)
            except Away:
                self.counters.keeper.deliver_later(self.record, self.slots)
        self.slots, self.record = set(), ""


class Keeper:
    """A thread that gives signs of life for changes that go on, and tells later what could not be.

    It begins with the first change of its process.
    """

    def __init__(self, counters):
        self.counters = counters
        self.mutex = threading.Lock()
        self.wakes = threading.Event()
        self.going_on: dict[str, str] = {}
        self.undelivered: dict[str, set[int]] = {}  # slots by the record of their change
        self.thread = None

    def goes_on(self, name: str, record: str) -> None:
        with self.mutex:
            self.going_on[name] = record
        self._start()

    def has_ended(self, name: str) -> None:
        with self.mutex:
            self.going_on.pop(name, None)

    def deliver_later(self, record: str, slots: Collection[int]) -> None:
        with self.mutex:
            self.undelivered.setdefault(record, set()).update(slots)
        self._start()
        self.wakes.set()

    def _start(self) -> None:
        with self.mutex:
            if self.thread is None:
                self.thread = threading.Thread(target=self._run, name="page cache", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        while os.getpid() == self.counters.process:
            self.wakes.wait(TRY_AGAIN_SECONDS if self.undelivered else SIGN_OF_LIFE_SECONDS)
            self.wakes.clear()
            with suppress(Away):
                self._deliver()
                self._renew()

    def _deliver(self) -> None:
        with self.mutex:
            waiting, self.undelivered = self.undelivered, {}
        while waiting:
            record, slots = waiting.popitem()
            try:
                self.counters.tell(END, record, *slots, insists=True)
            except Away:
                with self.mutex:
                    for each, its_slots in [(record, slots), *waiting.items()]:
                        self.undelivered.setdefault(each, set()).update(its_slots)
                raise

    def _renew(self) -> None:
        with self.mutex:
            records = [*self.going_on.values()]
        if records:
            self.counters.tell(RENEW, LEASE_SECONDS * 1000, *records)
