"""Pictures that are not taken: no pictures, damaged ones, bombs."""

import random
import struct
import zlib

import pytest

from blogsite.pictures import ImageRefused, limits
from blogsite.pictures.tests.making import (
    animation,
    picture_bytes,
    png,
    png_chunk,
    refusal,
    taken,
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"<html><script>alert(1)</script>", "This is not a picture."),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "export it as PNG"),
        (b"<!DOCTYPE svg PUBLIC>\n<svg>", "export it as PNG"),
        (b"%PDF-1.7", "PDF files are not taken."),
        (b"\0\0\0\x18ftypheic" + b"\0" * 20, "HEIC files are not taken."),
        (b"RIFF\0\0\0\0WEBP", "damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "damaged"),
        (b"GIF89a=1;alert(1)/*", "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 50, "damaged"),
        (b"\0\0\0\x1cftypavif" + b"\0" * 40, "damaged"),
        (picture_bytes(size=(300, 300))[:-40], "damaged"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(data, words):
    assert words in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(30_000, 30_000), id="png"),
        pytest.param(
            b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xfe\x3f\0\xfe\x3f\0" + b"\0" * 8, id="webp"
        ),
        pytest.param(
            b"RIFF\x20\0\0\0WEBPVP8L\x0a\0\0\0\x2f" + b"\xff" * 4 + b"\0" * 8, id="lossless webp"
        ),
        pytest.param(
            picture_bytes("GIF").replace(
                struct.pack("<HH", 40, 30), struct.pack("<HH", 60_000, 60_000), 1
            ),
            id="gif",
        ),
    ],
)
def test_picture_of_too_many_pixels_is_refused_by_its_header(data):
    assert "too many pixels; at most 25 megapixels" in refusal(data)


def test_jpeg_may_have_more_pixels(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PIXELS", 1000)
    monkeypatch.setattr(limits, "MAX_JPEG_PIXELS", 2000)

    assert taken(picture_bytes("JPEG", size=(40, 40)))

    assert "too many pixels" in refusal(picture_bytes("JPEG", size=(50, 50)))
    assert "too many pixels" in refusal(picture_bytes("JPEG", size=(40, 41), progressive=True))
    assert "too many pixels" in refusal(picture_bytes("PNG", size=(40, 40)))


def test_file_over_the_byte_limit_is_refused():
    data = picture_bytes() + b"\0" * limits.MAX_BYTES

    assert refusal(data) == "This file is too large; at most 20 MB are taken."


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"iCCP", b"name\0\0" + zlib.compress(b"\0" * 50_000_000)),
        png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 50_000_000)),
    ],
)
def test_png_with_a_metadata_bomb_is_refused(chunk):
    assert "damaged" in refusal(png(2, 2, chunk, rows=b"\0" * 14))


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_animation_with_too_many_frames_is_refused(format_):
    data = animation(limits.MAX_FRAMES + 1, format_)

    assert "too long" in refusal(data)


def test_random_damage_is_refused_or_read_but_never_a_crash():
    chance = random.Random(4)
    samples = [
        picture_bytes(kind, size=(60, 40)) for kind in ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
    ]
    for _round in range(60):
        data = bytearray(chance.choice(samples))
        for _byte in range(chance.randrange(1, 12)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        try:
            taken(bytes(data))
        except ImageRefused as refused:
            assert str(refused)
