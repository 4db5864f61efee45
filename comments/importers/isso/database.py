"""The SQLite database of Isso, from somebody else's hands: read, and not trusted.

A database is more than rows: views, computed columns and indexes hold expressions that run when they
are read. So only plain columns of true tables are asked for, with every limit that SQLite offers.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext as _

from posts.importers.archives.records import (
    ArchiveRefusedError,
    Decision,
    Markup,
    Remark,
    Skipped,
)
from posts.importers.archives.scratch import Scratch
from posts.importers.archives.values import line_of, moment_of, text_of

TABLES = {
    "threads": ("id", "uri"),
    "comments": ("id", "tid", "parent", "created", "modified", "mode", "author", "email", "website", "text"),
}  # fmt: skip
DECISIONS = {
    1: Decision.APPROVED,
    2: Decision.PENDING,
    4: Decision.REMOVED,  # kept for the sake of its answers
}
MAX_VALUE = 5_000_000  # bytes of one comment
MAX_STEPS = 10_000_000  # of SQLite's machine between two rows; a row takes some dozens


class Database:
    """Raises ArchiveRefusedError where it is none of Isso's."""

    def __init__(self, path: Path):
        self.path = path
        self.problems: list[str] = []
        with self.opened() as database:
            for table, columns in TABLES.items():
                check_table(database, table, columns)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(connect(self.path)) as database:
                yield database
        except (sqlite3.Error, OverflowError) as error:
            raise damaged() from error

    def remarks(self) -> Iterator[tuple[str, Remark] | Skipped]:
        """Each comment with the path of its page, by its number."""
        with self.opened() as database:
            threads = Scratch()
            for key, address in rows(database, "threads"):
                threads.add("thread", text_of(key), line_of(address))
            for row in rows(database, "comments"):
                values = dict(zip(TABLES["comments"], row, strict=True))
                yield placed(values, threads.first("thread", text_of(values["tid"])))


def connect(path: Path) -> sqlite3.Connection:
    """Read-only; and without even looking for the files that another process would keep beside."""
    has_log = path.with_name(path.name + "-wal").exists()
    options = "mode=ro" if has_log else "mode=ro&immutable=1"
    database = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{options}", uri=True, check_same_thread=False
    )
    database.text_factory = lambda data: data.decode(errors="replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        database.execute(f"PRAGMA {pragma}")
    database.set_progress_handler(lambda: 1, MAX_STEPS)
    return database


def check_table(database: sqlite3.Connection, table: str, columns: tuple) -> None:
    """A view could compute for ever. `table_info` leaves out columns that are computed."""
    query = "SELECT type, sql FROM sqlite_master WHERE name = ?"
    found = database.execute(query, (table,)).fetchall()
    is_plain = len(found) == 1 and found[0][0] == "table"
    if not is_plain or "virtual" in text_of(found[0][1]).lower().split()[:2]:
        raise not_of_isso()
    present = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    if not present.issuperset(columns):
        raise not_of_isso()


def rows(database: sqlite3.Connection, table: str) -> Iterator[tuple]:
    """Without an index, which might hold an expression."""
    names = ", ".join(TABLES[table])
    query = f"SELECT {names} FROM {table} NOT INDEXED ORDER BY rowid"  # noqa: S608 - names of ours
    yield from database.execute(query)


def placed(row: dict, address: str | None) -> tuple[str, Remark] | Skipped:
    key = text_of(row["id"])
    if not address:
        return Skipped(key, _("The page it is about is not in the export."))
    created_at = moment_of(row["created"])
    if not created_at:
        return Skipped(key, _("It has no date."))
    is_known = isinstance(row["mode"], int)
    remark = Remark(
        key=key,
        body=text_of(row["text"]),
        created_at=created_at,
        markup=Markup.MARKDOWN,
        decision=DECISIONS.get(row["mode"], Decision.PENDING) if is_known else Decision.PENDING,
        parent=text_of(row["parent"]),
        name=line_of(row["author"]),
        email=line_of(row["email"]),
        site=line_of(row["website"]),
        edited_at=moment_of(row["modified"]),
    )
    return address, remark


def not_of_isso() -> ArchiveRefusedError:
    return ArchiveRefusedError(_("This database is none of Isso: it is called comments.db there."))


def damaged() -> ArchiveRefusedError:
    return ArchiveRefusedError(_("This database is damaged, or made to do harm."))
