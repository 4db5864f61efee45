"""Picture files on the storage: written whole or not at all, and gone with a failed transaction."""

import logging
import os
import tempfile
import weakref
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)


def write_file(name: str, content: bytes) -> None:
    """Put `content` at `name`; a crash leaves the whole file there, or none."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        default_storage.save(name, ContentFile(content))  # an object store is all-or-nothing
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".upload-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        os.chmod(draft, settings.FILE_UPLOAD_PERMISSIONS)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def remove_files(names: list[str]) -> None:
    for name in names:
        try:
            default_storage.delete(name)
        except OSError as error:
            logger.warning("picture file %s could not be removed: %s", name, error)


def old_files(folder: str, older_than: timedelta) -> list[str]:
    """The files below `folder` that were written longer ago than that.

    Raises NotImplementedError on a storage that cannot list its files.
    """
    before = timezone.now() - older_than
    return [name for name in files_below(folder) if was_written(name, before)]


def files_below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # no picture was ever stored
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from files_below(f"{folder}/{name}")


def was_written(name: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:  # removed meanwhile
        return False


class Unclaimed:
    """Files that are removed when the transaction they belong to ends without a commit.

    Django tells when a transaction commits and never when it rolls back; but a rollback drops
    what waits for the commit. So the files go when this object does, unless it was kept.
    """

    def __init__(self):
        self.names = []
        self.removal = weakref.finalize(self, remove_files, self.names)
        transaction.on_commit(self.keep)

    def write(self, name: str, content: bytes) -> None:
        self.names.append(name)
        write_file(name, content)

    def keep(self) -> None:
        self.removal.detach()
