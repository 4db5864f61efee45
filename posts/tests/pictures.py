"""Pictures made for tests, and what became of them on the disk."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image as Pillow

from posts.models import Image
from posts.pictures import ImageRefused, store_image


def picture_bytes(format_="PNG", size=(40, 30), colour="teal", mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, format_, **options)
    return out.getvalue()


def store(data: bytes, name="picture.png", **fields) -> Image:
    return store_image(io.BytesIO(data), name=name, **fields)


def stored_bytes(name) -> bytes:
    return (Path(settings.MEDIA_ROOT) / name).read_bytes()


def stored_picture(image: Image):
    return Pillow.open(io.BytesIO(stored_bytes(image.file)))


def files_in(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def refusal(data: bytes, name="picture.png") -> str:
    with pytest.raises(ImageRefused) as caught:
        store(data, name)
    return str(caught.value)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def png(width, height, *chunks: bytes, rows=b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            *chunks,
            png_chunk(b"IDAT", zlib.compress(rows)),
            png_chunk(b"IEND", b""),
        ]
    )


def animation(frames, format_="GIF", size=(8, 8)) -> bytes:
    out = io.BytesIO()
    first, *rest = [
        Pillow.new("RGB", size, (n * 37 % 256, n // 256 * 90, 9)) for n in range(frames)
    ]
    options = {"lossless": True} if format_ == "WEBP" else {}
    first.save(out, format_, save_all=True, append_images=rest, duration=40, loop=0, **options)
    return out.getvalue()
