"""Since when a document has been what it is.

No column knows: a tag renamed, an author gone or a post purged changes a feed and no date in
it. So each process remembers when it first made the present bytes. After a restart it says
"now", which costs a reader one download and never hides a change.
"""

import time
from hashlib import sha256
from threading import Lock

MAX_ADDRESSES = 10_000  # a few hundred bytes each; then all are forgotten, which is harmless


class Moments:
    """Since when each address has had its present content, in Unix time."""

    def __init__(self):
        self.lock = Lock()
        self.known: dict[str, tuple[bytes, int]] = {}
        self.newest_forgotten = 0

    def since(self, address: str, content: bytes) -> int:
        """Two contents of an address never share a moment, even within a second."""
        digest = sha256(content).digest()
        with self.lock:
            known, moment = self.known.get(address, (b"", self.newest_forgotten))
            if known == digest:
                return moment
            moment = max(int(time.time()), moment + 1)
            if len(self.known) >= MAX_ADDRESSES:
                self.forget()
            self.known[address] = (digest, moment)
            return moment

    def forget(self) -> None:
        moments = (moment for _digest, moment in self.known.values())
        self.newest_forgotten = max(moments, default=0)
        self.known.clear()


moments = Moments()
