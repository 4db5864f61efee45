"""Not waiting long for a database that somebody else writes to."""

from contextlib import contextmanager

from django.db import connection

MILLISECONDS = 250


@contextmanager
def little_patience():
    """Within, a statement that finds the database locked fails soon: what it does can be missed."""
    if connection.vendor != "sqlite":
        yield  # here rows are locked and not databases, and nobody else holds these
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
