"""The counters in Redis, with the interface of those in a file.

Each process has a copy of the counters, and asks what has moved since it last asked: one way to
Redis and back, whatever it wants to know. A copy holds for one run of one server, and one
generation of its numbers. After a restart, after Redis was emptied, and after it was away, a copy
begins anew under another stamp, and what was made under an earlier one is out of date.
"""

import os
import secrets
import threading
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from django.core.signals import request_finished, request_started

from blogsite.pagecache.counters import EVERYTHING, slot_of
from blogsite.pagecache.shared.changes import Keeper, SharedChange
from blogsite.pagecache.shared.line import Away, Line, Script
from blogsite.pagecache.shared.scripts import LOOK

STAMP = 53  # bits of an epoch below its stamp; Redis counts exactly up to there
# What a request saw at its beginning may judge what it uses, but not for ever.
REQUEST_SECONDS = 1


@dataclass
class Copy:
    """What this process knows of the counters, up to `epoch`."""

    server: str = ""
    generation: bytes = b""
    outages: int = 0
    stamp: int = 0
    epoch: int = 0
    slots: dict[int, int] = field(default_factory=dict)


class View(NamedTuple):
    """How it was at one moment. It answers as counters do, and asks Redis for nothing more."""

    copy: Copy
    number: int  # the epoch of this copy
    under_way: frozenset[int]
    taken: float

    @property
    def epoch(self) -> int:
        return self.copy.stamp << STAMP | self.number

    def has_moved(self, slots: Collection[int], since: int) -> bool:
        """Whether one of these has moved after the epoch `since`, is about to, or may have."""
        if since >> STAMP != self.copy.stamp:
            return True
        if not self.under_way.isdisjoint((*slots, slot_of(EVERYTHING))):
            return True
        number, moved = since & (1 << STAMP) - 1, self.copy.slots
        return any(moved.get(slot, 0) > number for slot in slots)


class Blind(NamedTuple):
    """While Redis is away: an epoch that no other equals, and after which all has moved."""

    epoch: int

    @staticmethod
    def has_moved(slots: Collection[int], since: int) -> bool:
        return True


class SharedCounters:
    is_local = False  # to ask them is to wait for a network
    looks_again = float("inf")  # nobody can remove Redis unnoticed, as one can a file

    def __init__(self, url: str, name: str):
        self.process = os.getpid()
        self.line = Line(url)
        self.keys = [f"{{{name}}}:topics", f"{{{name}}}:changes"]
        self.mutex = threading.Lock()
        self.copy = Copy()
        self.never = count(-1, -1)
        self.keeper = Keeper(self)
        self.request = threading.local()
        request_started.connect(self._begin_request)
        request_finished.connect(self._end_request)

    def now(self) -> View | Blind:
        """One way to Redis and back, whatever it is then asked."""
        try:
            self.request.view = self._look()
        except Away:
            return Blind(next(self.never))
        return self.request.view

    @property
    def epoch(self) -> int:
        return self.now().epoch

    def has_moved(self, slots: Collection[int], since: int) -> bool:
        return (self._seen_in_this_request() or self.now()).has_moved(slots, since)

    def begin(self, topics: Collection[str]) -> SharedChange:
        change = self.change()
        change.extend(topics)
        return change

    def change(self) -> SharedChange:
        return SharedChange(self)

    def tell(self, script: Script, *values, insists: bool = False) -> None:
        """Have Redis do something. Raises Away."""
        self.request.view = None
        self.line.ask(script, self.keys, secrets.token_hex(8), *values, insists=insists)

    # --- What Redis knows -------------------------------------------------------

    def _look(self) -> View:
        for _ in range(5):
            copy, outages = self.copy, self.line.outage.count
            server, (generation, epoch, moved, changes) = self.line.ask(
                LOOK, self.keys, secrets.token_hex(8), copy.generation, copy.epoch
            )
            if (server, generation, outages) == (copy.server, copy.generation, copy.outages):
                self._learn(copy, int(epoch), moved)
                return View(copy, int(epoch), slots_in(changes), time.monotonic())
            self._begin_anew(copy, server, generation, outages)
        raise Away

    def _learn(self, copy: Copy, epoch: int, moved: list[bytes]) -> None:
        """Numbers only ever rise, so it does no harm if an older answer comes after a newer."""
        with self.mutex:
            for slot, number in zip(moved[::2], moved[1::2], strict=True):
                if slot.isdigit():
                    copy.slots[int(slot)] = max(copy.slots.get(int(slot), 0), int(number))
            copy.epoch = max(copy.epoch, epoch)

    def _begin_anew(self, old: Copy, server: str, generation: bytes, outages: int) -> None:
        with self.mutex:
            if self.copy is old:
                self.copy = Copy(server, generation, outages, old.stamp + 1)

    # --- Requests ---------------------------------------------------------------

    def _begin_request(self, **kwargs) -> None:
        self.request.is_on, self.request.view = True, None

    def _end_request(self, **kwargs) -> None:
        self.request.is_on, self.request.view = False, None

    def _seen_in_this_request(self) -> View | None:
        """A page is made of many values, and all of them may be as they were when it was begun."""
        view = getattr(self.request, "view", None)
        if view is None or not getattr(self.request, "is_on", False):
            return None
        return view if time.monotonic() - view.taken < REQUEST_SECONDS else None


def slots_in(changes: Iterable[bytes]) -> frozenset[int]:
    return frozenset(
        int(slot) for change in changes for slot in change.partition(b":")[2].split(b",") if slot
    )
