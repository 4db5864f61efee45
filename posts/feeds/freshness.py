"""Since when a document has been what it is.

No column knows: a tag renamed, an author gone or a post purged changes a feed and no date in
it. So each process remembers when it first made the present bytes. After a restart it says
"now", which costs a reader one download and never hides a change.
"""

import time
from hashlib import sha256
from threading import Lock

MAX_ADDRESSES = 10_000  # a few hundred bytes each; then all are forgotten, which is harmless

_lock = Lock()
_first_made: dict[str, tuple[bytes, int]] = {}


def last_modified(address: str, content: bytes) -> int:
    """When the document at `address` became `content`, in Unix time, as far as we know.

    Two changes within a second still get two different moments.
    """
    digest = sha256(content).digest()
    with _lock:
        known, since = _first_made.get(address, (b"", 0))
        if known != digest:
            since = max(int(time.time()), since + 1)
            if len(_first_made) >= MAX_ADDRESSES:
                _first_made.clear()
            _first_made[address] = (digest, since)
    return since
