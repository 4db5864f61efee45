"""Which tables an SQL statement reads and writes, as Django and people write it."""

import re
from functools import lru_cache
from typing import NamedTuple

# With or without quotes, and the schema that it lies in.
NAME = r'(?:"?[\w$]+"?\.)?"?([\w$]+)"?'
FIRST_NAME = re.compile(rf"\s*{NAME}")
# One table, or several with commas between them, each with or without a short name.
READS = re.compile(
    rf"\b(?:FROM|JOIN)\s+(?:ONLY\s+)?({NAME}(?:(?:\s+AS)?\s+{NAME})?"
    rf"(?:\s*,\s*{NAME}(?:(?:\s+AS)?\s+{NAME})?)*)",
    re.IGNORECASE,
)
WRITES = re.compile(
    rf"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
    rf"\s+(?:ONLY\s+)?(?!SET\b){NAME}",
    re.IGNORECASE,
)
# Where WRITES finds no table all the same, it is in brackets, or behind a comment.
WRITING = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE\s+INTO)\b", re.IGNORECASE)
# What a plain UPDATE of Django sets. Anything more than that counts as all columns.
ASSIGNMENT = r'"(\w+)" = (?:%s|NULL)'
ASSIGNMENTS = re.compile(
    rf'UPDATE "\w+" SET ({ASSIGNMENT}(?:, {ASSIGNMENT})*)(?: WHERE .*)?',  # noqa: S608 - a pattern
    re.DOTALL,
)
# What changes no row and leads to none.
HARMLESS = re.compile(
    r"\s*(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|EXPLAIN|PRAGMA|SET|SHOW|ANALYZE|VACUUM)\b",
    re.IGNORECASE,
)
# PostgreSQL takes several statements at once, and carries out what EXPLAIN ANALYZE explains.
MORE_THAN_ONE = re.compile(r";\s*\S|^\s*EXPLAIN\b", re.IGNORECASE)
PLAIN_READ = re.compile(r"\s*(?:\(\s*)*SELECT\b", re.IGNORECASE)
KNOWN = re.compile(
    r"\s*(?:\(\s*)*(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH|VALUES)\b", re.IGNORECASE
)


class Statement(NamedTuple):
    """`columns` are those of an UPDATE; `is_known` is false for what may have changed anything."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    is_known: bool = True


@lru_cache(maxsize=4096)
def understand(sql: str) -> Statement:
    """More tables than there are do no harm here; one that is missed would.

    Names are looked for in all of the text, quotes and comments included. Databases do not mind
    how a plain name is written, and Django writes them all small, so that is how they are told.
    """
    if MORE_THAN_ONE.search(sql) and WRITING.search(sql):
        return Statement(is_known=False)
    if HARMLESS.match(sql):
        return Statement()
    if not KNOWN.match(sql):
        return Statement(is_known=False)
    reads = frozenset(name for found in READS.finditer(sql) for name in _names_in(found[1]))
    if PLAIN_READ.match(sql):
        return Statement(reads)
    writes = frozenset(name.lower() for name in WRITES.findall(sql))
    if not writes and WRITING.search(sql):
        return Statement(reads, is_known=False)
    changed = ASSIGNMENTS.fullmatch(sql)
    columns = re.findall(ASSIGNMENT, changed[1]) if changed else []
    return Statement(reads - writes, writes, frozenset(columns))


def _names_in(tables: str) -> list[str]:
    """The name of each of `tables`, as READS finds them; what follows is a short name."""
    return [FIRST_NAME.match(table)[1].lower() for table in tables.split(",")]
