"""Pictures made for tests, and what is kept of them."""

import io
import struct
import zlib

import pytest
from PIL import Image as Pillow

from blogsite.pictures import ImageRefused
from blogsite.pictures.encoding import Encoded
from blogsite.pictures.uploads import encode_all, read


def picture_bytes(format_="PNG", size=(40, 30), colour="teal", mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, colour).save(out, format_, **options)
    return out.getvalue()


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


def taken(data: bytes) -> tuple[Encoded, list[Encoded]]:
    """What is kept of an upload: the full picture and its copies."""
    return encode_all(read(io.BytesIO(data)))


def kept(data: bytes) -> Pillow.Image:
    """The full picture that is kept of an upload, opened again."""
    return opened_again(taken(data)[0])


def opened_again(encoded: Encoded) -> Pillow.Image:
    return Pillow.open(io.BytesIO(encoded.content))


def refusal(data: bytes) -> str:
    with pytest.raises(ImageRefused) as caught:
        taken(data)
    return str(caught.value)
