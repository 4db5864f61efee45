"""The index in SQLite: FTS5 without a copy of the texts.

To take a text out, FTS5 has to be told the words that it put in: they are kept packed beside it,
at a third of their size.
"""

# ruff: noqa: S608 (the names of tables are our own, never what somebody typed)

import zlib
from collections.abc import Collection
from itertools import chain

from django.db import connection

from blogsite.fulltext.entry import Entry

# Words are cut in Python and joined with spaces; everything else is a part of a word.
TOKENIZER = "unicode61 remove_diacritics 0 categories ''L* M* N* P* S* Co''"


class Index:
    def __init__(self, table: str):
        self.table = table
        self.texts = f"{table}_texts"
        self.tables = [table, self.texts]

    def create(self) -> None:
        with connection.cursor() as cursor:
            there = connection.introspection.table_names(cursor)
            if self.texts in there:
                return
            cursor.execute(
                f"CREATE TABLE {self.texts} (place INTEGER PRIMARY KEY, key INTEGER UNIQUE NOT NULL,"
                " digest BLOB NOT NULL, packed BLOB NOT NULL)"
            )
            cursor.execute(
                f"CREATE VIRTUAL TABLE {self.table} USING fts5("
                f"tokens, content='', columnsize=0, tokenize='{TOKENIZER}')"
            )

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

    def add(self, entries: list[Entry]) -> None:
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
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} ({self.table}, rowid, tokens) VALUES ('delete', %s, %s)",
                gone,
            )
            cursor.execute(f"DELETE FROM {self.texts} {where}", keys)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.table} ({self.table}) VALUES ('delete-all')")
            cursor.execute(f"DELETE FROM {self.texts}")

    def tidy(self) -> None:
        """Join what was written bit by bit, so that searches look into one list."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.table} ({self.table}) VALUES ('optimize')")

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
