"""The index in PostgreSQL: a tsvector made of our own words, and a GIN index.

A GIN index cannot give the newest first, and sorting all that hold a common word costs more with
every text. So each text also has a mark for its month, and a search for what is common goes back through
the months, a longer stretch each time, until it has enough: the work follows what is shown.
"""

# ruff: noqa: S608 (the names of tables are our own, never what somebody typed)

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from django.db import connection

from blogsite.fulltext.entry import Entry
from blogsite.fulltext.places import UNDATED, moment_at

MONTH = "§m"
FEW_MONTHS = 3  # are gone through without a question
SOON_SORTED = 2_000  # texts; so many are all read and put in order, for more it goes by months
MOST_POSITIONS = 256  # of one word, by PostgreSQL
LAST_POSITION = 16_383


class Index:
    def __init__(self, table: str):
        self.table = table
        self.texts = table  # the table with keys, places and digests
        self.tables = [table]

    def create(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.table} (place bigint PRIMARY KEY,"
                " key bigint UNIQUE NOT NULL, digest bytea NOT NULL, words tsvector NOT NULL)"
            )
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {self.table}_by_word ON {self.table} USING gin (words)"
            )

    def rename(self, table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} RENAME TO {table}")
            cursor.execute(f"ALTER INDEX {self.table}_by_word RENAME TO {table}_by_word")

    def lock(self) -> None:
        """Let all who would write wait for the end of this transaction."""
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {self.table} IN SHARE ROW EXCLUSIVE MODE")

    def count(self) -> int:
        return rows(f"SELECT count(*) FROM {self.table}")[0][0]

    def keys_after(self, key: int, most: int) -> list[int]:
        found = f"SELECT key FROM {self.table} WHERE key > %s ORDER BY key LIMIT %s"
        return [key for (key,) in rows(found, [key, most])]

    def known(self, keys: Collection[int]) -> dict[int, tuple[int, bytes]]:
        found = rows(
            f"SELECT key, place, digest FROM {self.table} WHERE key = ANY(%s)", [list(keys)]
        )
        return {key: (place, bytes(digest)) for key, place, digest in found}

    def put(self, entries: list[Entry], known: Collection[int]) -> None:
        # Somebody else may have written the same text since `known` was asked for.
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} (place, key, digest, words)"
                " VALUES (%s, %s, %s, %s::tsvector) ON CONFLICT (key) DO UPDATE"
                " SET place = excluded.place, digest = excluded.digest, words = excluded.words",
                [(e.place, e.key, e.digest, vector_of(e)) for e in entries],
            )

    def remove(self, keys: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE key = ANY(%s)", [list(keys)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {self.table}")

    def forget(self) -> None:
        """Autovacuum does that, as for every table."""

    def find_each(
        self, expressions: list[tuple], limit: int, after: int, before: int
    ) -> list[list[int]]:
        """Places of texts for each expression, of which the last finds all; the newest first."""
        *better, everywhere = expressions
        months = self.months(after, before)
        is_rare = self.is_rare(everywhere, months)
        newest = self.find(everywhere, months, is_rare, limit, after, before)
        found: list[list[int]] = []
        known: set[int] = set()
        for expression in better:
            more = []
            if len(known) < len(newest):
                # A part of what is rare is rare as well.
                part_is_rare = is_rare or self.is_rare(expression, months)
                more = self.find(expression, months, part_is_rare, limit, after, before)
            found.append(more)
            known.update(more)
        return [*found, newest]

    def is_rare(self, expression: tuple, months: list[str]) -> bool:
        """Whether all that will be found is soon read; for few months that is no question."""
        return len(months) > FEW_MONTHS and self.expected(expression) <= SOON_SORTED

    def find(
        self,
        expression: tuple,
        months: list[str],
        is_rare: bool,
        limit: int,
        after: int,
        before: int,
    ) -> list[int]:
        """`months` are those in which there may be texts."""
        if is_rare:
            return self.newest(expression, limit, after, before)
        found: list[int] = []
        for stretch in stretches(months):
            marked = ("and", expression, ("or", *(("word", month) for month in stretch)))
            found += self.newest(marked, limit - len(found), after, before)
            if len(found) >= limit:
                break
        return found

    def expected(self, expression: tuple) -> int:
        """How many texts PostgreSQL thinks will be found, by its statistics of words."""
        sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {self.table} WHERE words @@ %s::tsquery"
        ((plan,),) = rows(sql, [written(expression)])
        plan = json.loads(plan) if isinstance(plan, str) else plan
        return plan[0]["Plan"]["Plan Rows"]

    def newest(self, expression: tuple, limit: int, after: int, before: int) -> list[int]:
        # OFFSET 0 keeps PostgreSQL from walking through all texts in the hope of meeting one soon.
        found = rows(
            f"SELECT place FROM (SELECT place FROM {self.table} WHERE words @@ %s::tsquery"
            " AND place BETWEEN %s AND %s OFFSET 0) AS found ORDER BY place DESC LIMIT %s",
            [written(expression), after, before, limit],
        )
        return [place for (place,) in found]

    def months(self, after: int, before: int) -> list[str]:
        """Marks of the months in which there may be texts, the newest first."""
        (newest, oldest), *_ = rows(
            f"SELECT max(place), min(place) FROM {self.table} WHERE place BETWEEN %s AND %s",
            [after, before],
        )
        return list(months_back(newest, oldest)) if newest is not None else []


def stretches(months: list[str]) -> Iterator[list[str]]:
    """One month, then two, four and so on."""
    size = 1
    while months:
        yield months[:size]
        months, size = months[size:], size * 2


def months_back(newest: int, oldest: int) -> Iterator[str]:
    """From the month of one place back to that of another; what has no moment comes last."""
    if newest > UNDATED:
        last = moment_at(newest)
        until = moment_at(oldest) if oldest > UNDATED else None
        # Where undated texts hide how far back the others go, 1970 is the end.
        until = until or datetime(1970, 1, 1, tzinfo=UTC)
        count = last.year * 12 + last.month - 1
        while count >= until.year * 12 + until.month - 1:
            yield f"{MONTH}{count}"
            count -= 1
    if oldest <= UNDATED:
        yield f"{MONTH}0"


def month_of(place: int) -> str:
    if place <= UNDATED:
        return f"{MONTH}0"
    moment = moment_at(place)
    return f"{MONTH}{moment.year * 12 + moment.month - 1}"


def vector_of(entry: Entry) -> str:
    """The words with their positions, as text for `::tsvector`."""
    positions: dict[str, list[str]] = {month_of(entry.place): ["1"]}
    for number, token in enumerate(entry.tokens.split(" "), start=1):
        at = positions.setdefault(token, [])
        if len(at) < MOST_POSITIONS:
            at.append(str(min(number, LAST_POSITION)))
    return " ".join(f"{quoted(word)}:{','.join(at)}" for word, at in positions.items())


def written(expression: tuple) -> str:
    """In the language of tsquery."""
    kind, *parts = expression
    if kind == "word":
        return quoted(parts[0])
    if kind == "phrase":
        return "(" + " <-> ".join(map(quoted, parts)) + ")"
    if kind == "not":
        return f"({written(parts[0])} & !{written(parts[1])})"
    joint = {"and": " & ", "or": " | "}[kind]
    return "(" + joint.join(map(written, parts)) + ")"


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def rows(sql: str, parameters: list | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or [])
        return cursor.fetchall()
