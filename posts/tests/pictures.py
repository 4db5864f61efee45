"""Pictures stored in tests, and what became of them on the disk."""

import io
from pathlib import Path

from django.conf import settings
from PIL import Image as Pillow

from blogsite.pictures.tests.making import animation, picture_bytes
from posts.models import Image
from posts.pictures import store_image

__all__ = ["animation", "files_in", "picture_bytes", "store", "stored_bytes", "stored_picture"]


def store(data: bytes, name="picture.png", **fields) -> Image:
    return store_image(io.BytesIO(data), name=name, **fields)


def stored_bytes(name) -> bytes:
    return (Path(settings.MEDIA_ROOT) / name).read_bytes()


def stored_picture(image: Image):
    return Pillow.open(io.BytesIO(stored_bytes(image.file)))


def files_in(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
