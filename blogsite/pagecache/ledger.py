"""Numbers in a file that all processes of a machine read and write like memory of their own.

A place of it can be held, as by a lock: the system lets go of what a process held when that ends,
however it ends. So whether somebody is alive needs no process ids, which mean nothing in another
container.
"""

import fcntl
import mmap
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BYTES = 8  # of a number
NOBODYS = 0  # the place of a lock for all of the file, so never one to hold


class Ledger:
    """The file at `path`, of so many numbers; all are 0 if it was not there, or not as long.

    A process opens each such file once, and closes it never, nor opens it by other means: the
    system lets go of all that it held there with the first one that it closes.
    """

    def __init__(self, path: Path, length: int):
        self.path, self.bytes = str(path), length * BYTES
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
        self.identity = _identity(os.fstat(self.file))
        self.mutex, self.holding = threading.Lock(), threading.Lock()
        self.mine: set[int] = set()  # places held by this process
        with self.locked():
            self.take_room()
            self.numbers = memoryview(mmap.mmap(self.file, self.bytes)).cast("Q")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One thread of one process at a time."""
        with self.mutex:
            self._lock(fcntl.LOCK_EX, NOBODYS)
            try:
                yield
            finally:
                self._lock(fcntl.LOCK_UN, NOBODYS)

    # --- The file -----------------------------------------------------------------

    def is_there(self) -> bool:
        """Whether the file still lies where it was opened; not if it was removed or replaced."""
        try:
            return _identity(os.stat(self.path)) == self.identity
        except OSError:
            return False

    def is_whole(self) -> bool:
        return os.fstat(self.file).st_size == self.bytes

    def take_room(self) -> None:
        """Under the lock."""
        if not self.is_whole():
            # Written, not only made longer: on a full disk this fails here, and not later under
            # whoever writes to its memory, who would be killed for it.
            os.pwrite(self.file, bytes(self.bytes), 0)
            os.ftruncate(self.file, self.bytes)

    # --- Places -------------------------------------------------------------------

    def hold(self, place: int) -> bool:
        """False if another process holds it. It is held until `release`, or the process ends."""
        with self.holding:
            if not self._try(place):
                return False
            self.mine.add(place)
            return True

    def release(self, place: int) -> None:
        with self.holding:
            self.mine.discard(place)
            self._lock(fcntl.LOCK_UN, place)

    def is_held(self, place: int) -> bool:
        """By a process that is alive; this one or another."""
        with self.holding:
            if place in self.mine:
                return True
            is_free = self._try(place)
            if is_free:
                self._lock(fcntl.LOCK_UN, place)
            return not is_free

    def _try(self, place: int) -> bool:
        try:
            self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB, place)
        except (BlockingIOError, PermissionError):  # systems differ in which
            return False
        return True

    def _lock(self, how: int, place: int) -> None:
        fcntl.lockf(self.file, how, 1, place * BYTES)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
