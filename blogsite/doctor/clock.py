"""Whether the time is right: codes from apps, links in mails and certificates depend on it."""

import ctypes
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.utils import timezone

from blogsite.doctor.examining import Finding, check

APART = timedelta(seconds=5)
UNSYNCHRONIZED = 5  # what adjtimex(2) returns; TIME_ERROR
TIMEX_BYTES = 512  # more than the structure has on any system


@check("clock")
def clock():
    if time.time() < newest_known():
        yield Finding.unsafe("The clock is behind: files of the site are younger than now. Set it.")
    elif is_synchronized() is False:
        yield Finding.unfinished("The clock is not kept right. Let this machine use NTP.")
    else:
        yield Finding.fine(f"It is {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.")


def newest_known() -> float:
    """A moment that is past for sure, a day allowed for zones: when the newest code was written."""
    code = Path(settings.BASE_DIR) / "blogsite"
    return max(path.stat().st_mtime for path in code.glob("*.py")) - 86400


def is_synchronized() -> bool | None:
    """Whether the kernel says that somebody keeps its clock right; None where it does not tell."""
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(TIMEX_BYTES))
    except (AttributeError, OSError):
        return None
    return None if state < 0 else state != UNSYNCHRONIZED


@check("clock of the database")
def database_clock():
    if connection.vendor == "sqlite":
        return
    row = MigrationRecorder.Migration.objects.annotate(now=Now()).values_list("now").first()
    if row and abs(row[0] - timezone.now()) > APART:
        yield Finding.unfinished("The database server's clock and this machine's differ.")
    else:
        yield Finding.fine("The database server's clock agrees.")
