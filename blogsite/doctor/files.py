"""Who may read what should be the owner's alone, room on the disk, and copies of it all."""

import os
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from blogsite.doctor.examining import Finding, check

MB = 2**20
LOW, VERY_LOW = 500 * MB, 50 * MB
OLDEST_BACKUP_DAYS = 8  # a weekly one, and a day


@check("permissions")
def permissions():
    exposed = [path for path in secret_paths() if is_exposed(path)]
    for path in exposed:
        mode = "go-rwx"
        yield Finding.unsafe(
            f"Others on this machine can read {path}. Mend it: chmod {mode} {path}"
        )
    if not exposed:
        yield Finding.fine("Only the owner can read the database, the mails and the keys.")


def secret_paths() -> Iterator[Path]:
    """What holds passwords, addresses, or keys, as far as it is there."""
    yield Path(os.environ.get("ENV_FILE", settings.BASE_DIR / ".env"))
    if connection.vendor == "sqlite":
        yield Path(settings.DATABASES["default"]["NAME"])
    yield settings.VAR_DIR / "mail"
    yield settings.VAR_DIR / "outgoing"
    yield settings.VAR_DIR / "backups"
    yield from sorted((settings.VAR_DIR / "tls").glob("*.key"))


def is_exposed(path: Path) -> bool:
    """Whether others may read it, and nothing above it keeps them out."""
    if not path.exists() or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return False
    if not path.is_file() and not path.is_dir():
        return False  # such as /dev/null
    doors = stat.S_IXGRP | stat.S_IXOTH
    return all(parent.stat().st_mode & doors for parent in path.resolve().parents)


@check("disk")
def disk():
    for name, folder in {"VAR_DIR": settings.VAR_DIR, "MEDIA_ROOT": settings.MEDIA_ROOT}.items():
        free = shutil.disk_usage(folder).free
        words = f"{free // MB:,} MB are free where {name} is."
        if free < VERY_LOW:
            yield Finding.unsafe(f"{words} Soon nothing can be stored: make room.")
        elif free < LOW:
            yield Finding.unfinished(f"{words} Make room.")
        else:
            yield Finding.fine(words)


def newest_backup() -> float | None:
    """When the newest backup in the site's own folder was made, in seconds of the epoch."""
    folder = settings.VAR_DIR / "backups"
    return max((path.stat().st_mtime for path in folder.glob("*")), default=None)


@check("backups")
def backups():
    folder, newest = settings.VAR_DIR / "backups", newest_backup()
    if newest is None:
        yield Finding.unfinished(
            f"No backup was found in {folder}. If you keep them elsewhere, all is well; otherwise"
            " see docs/operations.md."
        )
        return
    days = int((time.time() - newest) / 86400)
    if days >= OLDEST_BACKUP_DAYS:
        yield Finding.unfinished(f"The newest backup is {days} days old.")
    else:
        yield Finding.fine(f"The newest backup is {days} days old.")
