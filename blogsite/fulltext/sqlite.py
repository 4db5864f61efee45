"""The index in SQLite: FTS5 without a copy of the texts.

To take a text out, FTS5 has to be told the words that it put in: they are kept packed beside it,
at a third of their size. What is taken out is written down as gone, and the words themselves go
when FTS5 joins its lists: `forget` does that, and only if something was taken out since.
"""

# ruff: noqa: S608 (the names of tables are our own, never what somebody typed)

import zlib
from collections.abc import Collection
from itertools import chain

from django.db import connection, transaction

from blogsite.fulltext.entry import Entry

# Words are cut in Python and joined with spaces; everything else is a part of a word.
TOKENIZER = "unicode61 remove_diacritics 0 categories ''L* M* N* P* S* Co''"


MERGED = 500  # pages at once, of 4 kB: some ten milliseconds in which others wait to write


class Index:
    def __init__(self, table: str):
        self.table = table
        self.texts = f"{table}_texts"
        self.removed = f"{table}_removed"
        self.tables = [table, self.texts, self.removed]

    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.texts} (place INTEGER PRIMARY KEY,"
                " key INTEGER UNIQUE NOT NULL, digest BLOB NOT NULL, packed BLOB NOT NULL)"
            )
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table} USING fts5("
                f"tokens, content='', columnsize=0, tokenize='{TOKENIZER}')"
            )
            # How often something was taken out since all of its words were let go.
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.removed}"
                " (id INTEGER PRIMARY KEY, times INTEGER NOT NULL)"
            )

    def rename(self, table: str) -> None:
        with connection.cursor() as cursor:
            for old, new in zip(self.tables, Index(table).tables, strict=True):
                cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")

    def lock(self) -> None:
        """A transaction of SQLite's has nobody beside it who writes."""

    def count(self) -> int:
        return rows(f"SELECT count(*) FROM {self.texts}")[0][0]

    def keys_after(self, key: int, most: int) -> list[int]:
        found = f"SELECT key FROM {self.texts} WHERE key > %s ORDER BY key LIMIT %s"
        return [key for (key,) in rows(found, [key, most])]

    def known(self, keys: Collection[int]) -> dict[int, tuple[int, bytes]]:
        """Place and digest of those that are in the index."""
        found = rows(
            f"SELECT key, place, digest FROM {self.texts} WHERE key IN ({marks(keys)})", [*keys]
        )
        return {key: (place, bytes(digest)) for key, place, digest in found}

    def put(self, entries: list[Entry], known: Collection[int]) -> None:
        """`known` are the keys of texts that are here already, in another form."""
        self.remove([entry.key for entry in entries if entry.key in known])
        texts = [(e.place, e.key, e.digest, zlib.compress(e.tokens.encode(), 1)) for e in entries]
        words = [(e.place, e.tokens) for e in entries]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.texts} (place, key, digest, packed) VALUES (%s, %s, %s, %s)",
                texts,
            )
            cursor.executemany(f"INSERT INTO {self.table} (rowid, tokens) VALUES (%s, %s)", words)

    def remove(self, keys: Collection[int]) -> None:
        keys = list(keys)
        if not keys:
            return
        where = f"WHERE key IN ({marks(keys)})"
        there = rows(f"SELECT place, packed FROM {self.texts} {where} ORDER BY place", keys)
        gone = [(place, zlib.decompress(packed).decode()) for place, packed in there]
        if not gone:
            return
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} ({self.table}, rowid, tokens) VALUES ('delete', %s, %s)",
                gone,
            )
            cursor.execute(f"DELETE FROM {self.texts} {where}", keys)
            cursor.execute(
                f"INSERT INTO {self.removed} (id, times) VALUES (1, 1)"
                " ON CONFLICT (id) DO UPDATE SET times = times + 1"
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.table} ({self.table}) VALUES ('delete-all')")
            cursor.execute(f"DELETE FROM {self.texts}")
            cursor.execute(f"DELETE FROM {self.removed}")

    def tidy(self) -> None:
        """Join what was written bit by bit, so that searches look into one list."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.table} ({self.table}) VALUES ('optimize')")

    def forget(self) -> None:
        """Join all lists, which lets the words go that were taken out; bit by bit."""
        before = rows(f"SELECT times FROM {self.removed}")
        if not before:
            return
        # A number below zero begins with all lists; without a change of more than one row it is done.
        pages = -MERGED
        while self.merge(pages) > 1 or pages < 0:
            pages = MERGED
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.removed} WHERE times = %s", before[0])

    def merge(self, pages: int) -> int:
        """How many rows of FTS5's own tables that changed."""
        with transaction.atomic(), connection.cursor() as cursor:
            changes = connection.connection.total_changes
            cursor.execute(
                f"INSERT INTO {self.table} ({self.table}, rank) VALUES ('merge', %s)", [pages]
            )
            return connection.connection.total_changes - changes

    def find_each(
        self, expressions: list[tuple], limit: int, after: int, before: int
    ) -> list[list[int]]:
        """Places of texts for each expression, the newest first, in one statement.

        FTS5 goes backwards through its lists and stops.
        """
        one = (
            f"SELECT %s, rowid FROM (SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s"
            " AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s)"
        )
        asked = [
            (number, written(expression), after, before, limit)
            for number, expression in enumerate(expressions)
        ]
        found: list[list[int]] = [[] for _expression in expressions]
        for number, place in rows(" UNION ALL ".join([one] * len(asked)), [*chain(*asked)]):
            found[number].append(place)
        return found


def written(expression: tuple) -> str:
    """In the language of FTS5. No token can hold a quotation mark."""
    kind, *parts = expression
    if kind in {"word", "phrase"}:
        return '"' + " ".join(parts) + '"'
    joint = {"and": " AND ", "or": " OR ", "not": " NOT "}[kind]
    return "(" + joint.join(map(written, parts)) + ")"


def rows(sql: str, parameters: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or [])
        return cursor.fetchall()


def marks(values: Collection) -> str:
    return ", ".join(["%s"] * len(values))
