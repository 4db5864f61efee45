"""What the address of a picture answers once the picture was thrown away."""

import re

from django.core.files.storage import default_storage
from django.db import DatabaseError

from posts.models.image import Image
from posts.models.redirect import Redirect, as_asked

# A picture and its smaller copies share a name: `images/2026/<digits>`, then `-480.webp` or `.png`.
STORED = re.compile(r"(images/[0-9]{4}/[0-9a-f]{32})(?:-[0-9]+)?\.[a-z]+")
EXTENSIONS = ("avif", "gif", "jpg", "png", "webp")  # that a picture itself may have


def is_trashed(path: str) -> bool:
    """Whether the file at `path` of the storage belongs to a picture in the trash.

    One look into an index for each picture that is asked for. A database that does not answer
    keeps nobody from seeing pictures.
    """
    names = names_of_picture(path)
    try:
        return bool(names) and Image.everything.trashed().filter(file__in=names).exists()
    except DatabaseError:
        return False


def was_removed(path: str) -> bool:
    """Whether there was a picture with that file, and it was removed for good."""
    gone = [as_asked(default_storage.url(name)) for name in names_of_picture(path)]
    try:
        return bool(gone) and Redirect.objects.filter(gone=True, path__in=gone).exists()
    except DatabaseError:
        return False


def names_of_picture(path: str) -> list[str]:
    """The names that the picture itself may have, of which `path` names it or a smaller copy."""
    found = STORED.fullmatch(path)
    return [f"{found[1]}.{extension}" for extension in EXTENSIONS] if found else []
