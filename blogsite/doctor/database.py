"""Whether the database is up to date, whole, and in a place that suits it."""

import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

from blogsite import prepare, safety
from blogsite.doctor.examining import Finding, check

LOOK_SECONDS = 10  # a great database is looked at as far as this goes
INSTRUCTIONS = 100_000  # of SQLite's machine between two looks at the clock
MOUNTS = Path("/proc/mounts")
# SQLite's locks do not hold on these, and two writers at once destroy the file.
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs"}

# Of sslmode, see libpq: the others seal for whoever answers, or not at all.
SEALED_WAYS = {"verify-ca", "verify-full"}


@check("migrations")
def migrations():
    if prepare.has_unapplied_migrations():
        yield Finding.unfinished("The database is not up to date. Run `manage.py prepare`.")
    else:
        yield Finding.fine("The database is up to date.")


@check("database")
def integrity():
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield Finding.fine("The database answers.")
        return
    try:
        complaint = first_complaint()
    except OperationalError:
        yield Finding.unfinished(
            f"The database is too large to be looked at in {LOOK_SECONDS} seconds. Do it at a quiet"
            " hour: sqlite3 FILE 'PRAGMA quick_check'"
        )
        return
    if complaint == "ok":
        yield Finding.fine("The database file is whole.")
    else:
        yield Finding.unsafe(
            "The database file is damaged. Stop the site, keep a copy of the file, and bring back"
            " the last backup."
        )


def first_complaint() -> str:
    """What SQLite says of its own file; "ok" if it is whole. OperationalError if that takes long."""
    connection.ensure_connection()
    end = time.monotonic() + LOOK_SECONDS
    sqlite = connection.connection
    sqlite.set_progress_handler(lambda: int(time.monotonic() > end), INSTRUCTIONS)
    try:
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        sqlite.set_progress_handler(None, 0)


@check("place of the database")
def place():
    if connection.vendor != "sqlite":
        return
    kind = file_system_of(Path(settings.DATABASES["default"]["NAME"]).resolve())
    if kind in NETWORK_FILE_SYSTEMS:
        yield Finding.unsafe(
            f"SQLite's file lies on a network file system ({kind}), where its locks do not hold."
            " Put VAR_DIR on a disk of this machine, or use PostgreSQL."
        )
    else:
        yield Finding.fine("SQLite's file lies on a disk of this machine.")


def file_system_of(path: Path) -> str:
    """The kind of what is mounted where `path` lies; empty where the system does not tell."""
    try:
        rows = [line.split() for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    above = [row for row in rows if path.is_relative_to(row[1].replace("\\040", " "))]
    return max(above, key=lambda row: len(row[1]), default=["", "", ""])[2]


@check("way to the database")
def way():
    """Whether the words of everybody travel sealed; by default PostgreSQL does without if it must."""
    database = settings.DATABASES["default"]
    host = database.get("HOST", "")
    if "postgresql" not in database["ENGINE"] or not host or host.startswith("/"):
        return
    mode = database.get("OPTIONS", {}).get("sslmode", "prefer")
    if mode in SEALED_WAYS or safety.is_this_machine(host):
        yield Finding.fine("The way to the database is sealed, or on this machine.")
    else:
        yield Finding.unfinished(
            "The database is on another machine, and nothing makes sure of the way there. Add"
            " ?sslmode=verify-full to DATABASE_URL."
        )
