"""Many ask for one page that is not there: one has it made, and the others wait for that."""

import threading
from collections.abc import Hashable
from concurrent.futures import Future, wait

# Seconds that somebody waits for what another has asked for; then they have it made themselves. A
# page takes some thousandths of one.
PATIENCE = 5


class Flights:
    def __init__(self):
        self.mutex = threading.Lock()
        self.under_way: dict[Hashable, Future] = {}

    def get(self, key: Hashable) -> Future | None:
        """What is done when the page has been made, or has failed; None if nobody makes it."""
        return self.under_way.get(key)

    def board(self, key: Hashable) -> Future | None:
        """As `get`; but where nobody makes it, the caller now does, and is to `land`."""
        with self.mutex:
            under_way = self.under_way.get(key)
            if under_way is None:
                self.under_way[key] = Future()
            return under_way

    def land(self, key: Hashable) -> None:
        with self.mutex:
            done = self.under_way.pop(key)
        done.set_result(None)

    @staticmethod
    def wait(flight: Future) -> None:
        wait([flight], PATIENCE)
