"""Which tables an SQL statement reads and writes, as Django and people write it."""

import re
from functools import lru_cache
from typing import NamedTuple

NAME = r'"?([\w$]+)"?'
READS = re.compile(rf"\b(?:FROM|JOIN)\s+{NAME}", re.IGNORECASE)
WRITES = re.compile(
    rf"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+(?:ONLY\s+)?{NAME}",
    re.IGNORECASE,
)
COLUMN = re.compile(r'"(\w+)" = ')
# What changes no row and leads to none.
HARMLESS = re.compile(
    r"\s*(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|EXPLAIN|PRAGMA|SET|SHOW|ANALYZE|VACUUM)\b",
    re.IGNORECASE,
)
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

    Names are looked for in all of the text, quotes and comments included.
    """
    if HARMLESS.match(sql):
        return Statement()
    if not KNOWN.match(sql):
        return Statement(is_known=False)
    reads = frozenset(READS.findall(sql))
    if PLAIN_READ.match(sql):
        return Statement(reads)
    writes = frozenset(WRITES.findall(sql))
    changed = re.match(r'\s*UPDATE\s+"\w+"\s+SET\s+(.*)', sql, re.IGNORECASE | re.DOTALL)
    columns = COLUMN.findall(re.split(r"\bWHERE\b", changed[1])[0]) if changed else []
    return Statement(reads - writes, writes, frozenset(columns))
