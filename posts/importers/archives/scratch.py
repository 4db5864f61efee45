"""A place on disk for what a reader must know before its texts, however much there is of it.

Tags, authors and comments of a hundred thousand posts stand in tables of their own, before or after
the posts; kept in memory, they would be most of what a large archive takes.
"""

import json
import sqlite3
from collections.abc import Iterator

CACHE = -16_000  # kibibytes that stay in memory
LARGEST = 2**62


class Scratch:
    """Values by kind and key; a nameless database that SQLite deletes when it is closed."""

    def __init__(self):
        # Nothing of it outlives the import, so it need not survive a crash. A job may be done
        # by another thread than the one that opened the archive.
        self.database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.database.execute(f"PRAGMA cache_size = {CACHE}")
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute("CREATE TABLE kept (kind TEXT, key TEXT, place INTEGER, value TEXT)")
        self.database.execute("CREATE INDEX kept_key ON kept (kind, key, place)")
        self.database.execute("BEGIN")

    def add(self, kind: str, key: str, value, place: int = 0) -> None:
        """Keep `value`, anything that JSON can say; `place` orders those of one key."""
        place = max(-LARGEST, min(place, LARGEST))
        row = (kind, key, place, json.dumps(value))
        self.database.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", row)

    def of(self, kind: str, key: str) -> list:
        """What was kept for `key`, by place, then as it came."""
        query = "SELECT value FROM kept WHERE kind = ? AND key = ? ORDER BY place, rowid"
        return [json.loads(value) for (value,) in self.database.execute(query, (kind, key))]

    def first(self, kind: str, key: str):
        """The first of them, or None."""
        return next(iter(self.of(kind, key)), None)

    def all(self, kind: str) -> Iterator[tuple[str, object]]:
        """Everything of a kind with its key, as it came."""
        query = "SELECT key, value FROM kept WHERE kind = ? ORDER BY rowid"
        for key, value in self.database.execute(query, (kind,)):
            yield key, json.loads(value)
