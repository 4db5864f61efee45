"""Notes of how far the handing over of a mail has come, which outlive a killed worker.

The state of a mail is stored, and on the disk, before the last byte leaves. That takes
milliseconds, in which a worker may be killed; so right before that byte its worker writes a note
here, which takes less than a microsecond. A note lies in memory that the system keeps for a file:
it survives the process, not the machine. So it is believed during the same boot only.
"""

import mmap
import time
from pathlib import Path

from django.conf import settings

from blogsite.outgoing import processes
from blogsite.outgoing.models import Message

KEPT_SECONDS = 7 * 24 * 60 * 60


def folder() -> Path:
    return Path(settings.VAR_DIR) / "outgoing"


def path_of(worker: str, message: Message) -> Path:
    """The file of one attempt, in this boot."""
    return folder() / f"{processes.boot()}.{worker}.{message.pk}.{message.attempts}"


class Note:
    """A file of one byte: 0 while the last byte of the mail waits, 1 from when it leaves."""

    def __init__(self, worker: str, message: Message):
        self.path = path_of(worker, message)
        self.memory = None

    def open(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.path, "wb+") as file:
            file.write(b"0")
            file.flush()
            self.memory = mmap.mmap(file.fileno(), 1)

    def write(self) -> None:
        self.memory[0] = ord("1")

    def __enter__(self) -> "Note":
        return self

    def __exit__(self, *exception) -> None:
        if self.memory:
            self.memory.close()
            self.path.unlink(missing_ok=True)


def never_left(message: Message) -> bool:
    """Whether the last byte of this attempt has surely not left."""
    try:
        return bool(processes.boot()) and path_of(message.worker, message).read_bytes() == b"0"
    except OSError:
        return False


def remove_old() -> None:
    """Remove the notes that killed workers left behind, when nobody will ask for them."""
    for path in folder().glob("*.*.*.*"):
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
