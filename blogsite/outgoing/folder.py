"""Mail as files, for a site without a mail server."""

import os
from pathlib import Path

from django.conf import settings

from blogsite.outgoing.models import Message


def path_of(message: Message) -> Path:
    """The file of a mail; always the same one, so that a second writing replaces the first."""
    name = f"{message.created_at:%Y-%m-%d}-{message.pk}.eml"
    return Path(settings.EMAIL_FILE_PATH) / name


def write(message: Message, content: bytes) -> None:
    """Put the mail into its file, whole or not at all. OSError where that is impossible."""
    path = path_of(message)
    # Mail holds links that let in whoever follows them, so it is for the owner alone.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
