"""What must be there before the site can serve: folders, tables, static files, first content.

Each step looks first and does nothing where nothing is to do, so that a second start is quick;
and each can be cut short at any moment and is made whole by the next start.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

ADMINISTRATOR_EMAIL = "admin@example.org"
PASSWORD_BYTES = 12  # of randomness: 16 characters, beyond guessing at any speed
# Not below STATIC_ROOT, where it would be served.
STATIC_STAMP = "static-files.sha256"
UNFINISHED = "migrating"  # is there while the database is prepared

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Make the site ready to serve; `say` is told what is being done, a line at a time.

    Raises OSError where a folder cannot be written, django.db.Error where the database fails.
    """
    make_folders()
    with _alone():
        migrate(say)
        if not settings.DEBUG:  # with DEBUG they are served from where they lie
            collect_static_files(say)
        fill_if_empty(say)


def reset(say: Say) -> None:
    """Throw away all content and all people and begin again with the demo content."""
    make_folders()
    with _alone():
        migrate(say)
        call_command("flush", interactive=False, verbosity=0)
        remove_media()
        fill_if_empty(say)


def make_folders() -> None:
    # For the owner alone: the database holds addresses and password hashes.
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Mail holds links that let in whoever follows them, so it is for the owner alone.
    for private in ["mail", "logs"]:
        (settings.VAR_DIR / private).mkdir(mode=0o700, exist_ok=True)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    if not os.access(settings.VAR_DIR, os.W_OK):
        raise PermissionError(13, "Permission denied", str(settings.VAR_DIR))


@contextmanager
def _alone() -> Iterator[None]:
    """Let two starts on the same data prepare one after the other.

    The lock ends with the process, so a killed start leaves none behind.
    """
    folder = os.open(settings.VAR_DIR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def migrate(say: Say) -> None:
    """What a killed start left undone is done by the next: the last steps of it are no migrations."""
    unfinished = settings.VAR_DIR / UNFINISHED
    if has_unapplied_migrations() or unfinished.exists():
        say("Preparing the database")
        unfinished.touch()
        call_command("migrate", interactive=False, verbosity=0)
        unfinished.unlink()


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static_files(say: Say) -> None:
    """Copy, name by hash and compress the static files, if any differs from last time."""
    stamp = settings.VAR_DIR / STATIC_STAMP
    digest = _static_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Collecting static files")
    stamp.unlink(missing_ok=True)
    # From nothing, because a file whose copying was cut short looks newer than its source.
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


def _static_digest() -> str:
    """Changes whenever a static file, or what is made of them, does."""
    digest = hashlib.sha256()
    digest.update(repr([settings.STATIC_URL, str(settings.STATIC_ROOT)]).encode())
    digest.update((settings.BASE_DIR / "blogsite" / "staticfiles.py").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fill_if_empty(say: Say) -> None:
    """Load the demo content and make an administrator, in a database with no one and nothing.

    Both come in one transaction, and the password is shown as the last thing in it: a start
    that is killed has either left an empty site, or one whose password was shown.
    """
    # By name, because the apps lie above this one.
    people, posts = get_user_model().objects, apps.get_model("posts.Post").everything
    if people.exists() or posts.exists():
        return
    say("Loading demo content")
    with transaction.atomic():
        call_command("load_demo", verbosity=0)
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        administrator = people.create_superuser(
            ADMINISTRATOR_EMAIL, password, display_name="Administrator", handle="administrator"
        )
        administrator.has_first_password = True
        administrator.save(update_fields=["has_first_password"])
        say(f"Administrator: {ADMINISTRATOR_EMAIL}  password: {password}")


def remove_media() -> None:
    """Empty the media folder, but only one of this site's own."""
    folder = Path(settings.MEDIA_ROOT).resolve()
    if (
        isinstance(default_storage, FileSystemStorage)
        and settings.VAR_DIR.resolve() in folder.parents
    ):
        shutil.rmtree(folder)
        folder.mkdir()
