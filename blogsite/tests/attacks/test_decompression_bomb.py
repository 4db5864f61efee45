"""Small pictures that unpack to what no machine can hold.

Tried in a process of its own, which the system ends if it takes too long, and which tells how much
memory it took.
"""

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.conf import settings

from blogsite.pictures.tests.making import png, png_chunk

MOST_GROWTH = 100  # MB
PROCESSOR_SECONDS = 60

TRY = """
import io, json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from blogsite.pictures import ImageRefused
from blogsite.pictures.uploads import encode_all, read
def tried(data):
    try:
        encode_all(read(io.BytesIO(data)))
    except ImageRefused as refused:
        return f"refused: {{refused}}"
    return "taken"
tried(b"GIF89a")  # so that all is loaded
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
said = [tried(open(path, "rb").read()) for path in sys.stdin.read().split()]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({{"said": said, "growth": (after - before) // 1024}}))
"""


def one_colour() -> bytes:
    """30,000 by 30,000 pixels of one bit: whole, and a tenth of a megabyte."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + 30_000 // 8)
    rows = b"".join(packer.compress(row * 1000) for _ in range(30)) + packer.flush()
    chunks = [png_chunk(b"IHDR", header), png_chunk(b"IDAT", rows), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def endless_gif() -> bytes:
    """A hundred thousand frames of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    return head + frame * 100_000 + b"\x3b"


def endless_apng() -> bytes:
    rows = zlib.compress(b"\0\0\0\0")
    control = struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 100, 0, 0)
    frames = b"".join(
        png_chunk(b"fcTL", control) + png_chunk(b"fdAT", struct.pack(">I", number) + rows)
        for number in range(1, 100_000)
    )
    count = png_chunk(b"acTL", struct.pack(">II", 100_000, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + count
        + png_chunk(b"fcTL", control)
        + png_chunk(b"IDAT", rows)
        + frames
        + png_chunk(b"IEND", b"")
    )


def packed_zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\0" * 2**20) for _ in range(megabytes)) + packer.flush()


@pytest.fixture(scope="module")
def bombs(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("bombs")
    zeros = packed_zeros(200)
    whole = {"rows": b"\0" * 14}
    contents = {
        "pixels.png": one_colour(),
        "frames.gif": endless_gif(),
        "frames.png": endless_apng(),
        "profile.png": png(2, 2, png_chunk(b"iCCP", b"name\0\0" + zeros), **whole),
        "text.png": png(2, 2, png_chunk(b"zTXt", b"Comment\0\0" + zeros), **whole),
        "international.png": png(2, 2, png_chunk(b"iTXt", b"C\0\1\0\0\0" + zeros), **whole),
        "header.png": png(2_000_000_000, 2_000_000_000),
    }
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in contents]


def test_bombs_are_small(bombs):
    assert all(path.stat().st_size < settings.REQUEST_MAX_BYTES for path in bombs)


def test_no_bomb_is_unpacked(bombs, tmp_path):
    result = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--verbosity=0",
            "--command",
            TRY.format(seconds=PROCESSOR_SECONDS),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path), "MEDIA_ROOT": str(tmp_path / "media")},
        input=" ".join(map(str, bombs)),
        capture_output=True,
        text=True,
    )

    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    said = dict(zip([path.name for path in bombs], told["said"], strict=True))
    assert {name: words for name, words in said.items() if not words.startswith("refused")} == {}
    assert told["growth"] < MOST_GROWTH
