"""Pictures: what is taken, what is refused, what is kept."""

import io
import json
import random
import re
import struct
import threading
import time
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow
from PIL import ImageCms

from posts.models import Image
from posts.pictures import ImageRefused, find_pictures, limits, remove_image, store_image
from posts.pictures.storing import one_at_a_time

pytestmark = pytest.mark.django_db

DATA = settings.BASE_DIR.parent / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / "expected.json").exists(), reason="needs the sample pictures in ../shared/data"
)


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


def sample_images():
    if not (DATA / "expected.json").exists():
        return []
    entries = json.loads((DATA / "expected.json").read_text())["entries"]
    return [(name, entry) for name, entry in entries.items() if entry["kind"] == "image"]


@needs_data
@pytest.mark.parametrize(
    ("name", "expected"), [pytest.param(*sample, id=sample[0]) for sample in sample_images()]
)
def test_sample_pictures_are_taken_or_refused_as_described(name, expected, media_folder):
    data = (DATA / name).read_bytes()
    unwanted = expected["expect"].startswith(("refuse", "may be accepted"))
    if unwanted:
        assert refusal(data, name)
        assert files_in(media_folder) == []
        return

    image = store(data, name)

    assert [image.width, image.height] == expected["upright_size"]
    kept = stored_picture(image)
    assert list(kept.size) == expected["upright_size"]
    assert not kept.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)


@pytest.mark.parametrize(
    ("format_", "kept_as"),
    [("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "PNG"), ("WEBP", "WEBP"), ("AVIF", "WEBP")],
)
def test_picture_type_is_told_by_content_and_not_by_name(format_, kept_as):
    image = store(picture_bytes(format_), name="notes.txt")

    assert stored_picture(image).format == kept_as
    assert image.original_name == "notes.txt"


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
def test_what_is_no_whole_picture_is_refused_in_words(data, words, media_folder):
    assert words in refusal(data)
    assert files_in(media_folder) == []
    assert not Image.objects.exists()


def test_polyglot_is_kept_as_pixels_only():
    data = picture_bytes("GIF") + b"*/;alert('polyglot')//"

    image = store(data)

    assert b"polyglot" not in stored_bytes(image.file)


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

    store(picture_bytes("JPEG", size=(40, 40)))

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


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_animation_keeps_moving(format_):
    image = store(animation(3, format_))

    kept = stored_picture(image)
    assert (kept.format, kept.n_frames, kept.info["loop"]) == ("WEBP", 3, 0)
    kept.seek(1)
    kept.load()
    assert kept.info["duration"] == 40
    assert image.renditions == []


def test_orientation_is_applied_and_metadata_removed():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010E] = "secret place"
    data = picture_bytes("JPEG", size=(40, 20), exif=exif.tobytes(), comment="secret words")

    image = store(data)

    assert (image.width, image.height) == (20, 40)
    names = [image.file, *(copy["file"] for copy in image.renditions)]
    assert all(b"secret" not in stored_bytes(name) for name in names)
    assert not stored_picture(image).getexif()


def test_words_and_private_chunks_of_a_png_are_removed():
    data = png(
        1,
        1,
        png_chunk(b"tEXt", b"Author\0secret"),
        png_chunk(b"prVt", b"secret"),
        rows=b"\0\1\2\3",
    )

    image = store(data)

    assert b"secret" not in stored_bytes(image.file)


def test_colours_stay_right_without_the_profile():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    right = store(picture_bytes(colour=(10, 200, 30), icc_profile=srgb))
    unfit = store(picture_bytes(colour=(200, 10, 30), icc_profile=lab))
    nonsense = store(picture_bytes(colour=(1, 2, 3), icc_profile=b"nonsense"))

    assert stored_picture(right).getpixel((0, 0)) == (10, 200, 30)
    assert stored_picture(unfit).getpixel((0, 0)) == (200, 10, 30)
    assert stored_picture(nonsense).getpixel((0, 0)) == (1, 2, 3)


def test_transparent_picture_with_a_profile_stays_transparent():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture_bytes(mode="RGBA", colour=(9, 9, 200, 77), icc_profile=srgb)

    assert stored_picture(store(data)).getpixel((0, 0)) == (9, 9, 200, 77)


def test_picture_for_print_becomes_one_for_screens():
    image = store(picture_bytes("JPEG", mode="CMYK", colour=(0, 255, 255, 0)))

    red, green, blue = stored_picture(image).getpixel((5, 5))
    assert red > 200 > 60 > max(green, blue)


def test_sixteen_bit_picture_keeps_its_brightness():
    out = io.BytesIO()
    Pillow.new("I;16", (4, 4), 128 * 256).save(out, "PNG")

    assert stored_picture(store(out.getvalue())).getpixel((0, 0)) in (128, (128, 128, 128))


def test_palette_picture_stays_small_and_transparent():
    out = io.BytesIO()
    palette = Pillow.new("P", (600, 4), 3)
    palette.putpalette([10, 20, 30] * 200)
    palette.save(out, "PNG", transparency=3)
    image = store(out.getvalue())

    kept = stored_picture(image)
    assert kept.mode == "P"
    assert kept.convert("RGBA").getpixel((0, 0))[3] == 0
    small = Pillow.open(io.BytesIO(stored_bytes(image.renditions[0]["file"])))
    assert small.convert("RGBA").getpixel((0, 0))[3] == 0


def test_wide_picture_gets_copies_and_none_larger_than_itself():
    image = store(picture_bytes(size=(1000, 500)))

    assert [(copy["type"], copy["width"], copy["height"]) for copy in image.renditions] == [
        ("image/avif", 480, 240),
        ("image/avif", 960, 480),
        ("image/avif", 1000, 500),
        ("image/webp", 480, 240),
        ("image/webp", 960, 480),
        ("image/webp", 1000, 500),
    ]
    for copy in image.renditions:
        picture = Pillow.open(io.BytesIO(stored_bytes(copy["file"])))
        assert picture.size == (copy["width"], copy["height"])


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_huge_picture_is_kept_at_a_size_that_screens_show(format_):
    image = store(picture_bytes(format_, size=(limits.MAX_SIDE + 260, 200)))

    assert image.width == limits.MAX_SIDE
    assert stored_picture(image).size == (image.width, image.height)


def test_same_bytes_are_one_picture(media_folder):
    first = store(picture_bytes(), alt="A teal box")
    files = files_in(media_folder)

    second = store(picture_bytes(), alt="Something else", caption="Figure 1")

    assert second == first
    assert files_in(media_folder) == files
    assert (second.alt, second.caption) == ("A teal box", "Figure 1")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.png", "x.png"),
        ("C:\\pictures\\x.php.png", "x.php.png"),
        ("a\r\nb\0.png", "ab.png"),
        ("x" * 300, "x" * 255),
        ("cod\u202egnp.exe", "codgnp.exe"),
        ("", ""),
    ],
)
def test_name_of_the_upload_is_shown_and_never_a_path(name, shown, media_folder):
    image = store(picture_bytes(), name=name)

    assert image.original_name == shown
    year_and_digits = r"images/\d{4}/[0-9a-f]{32}\.png"
    assert re.fullmatch(year_and_digits, image.file)
    assert all(name.startswith(Path(image.file).stem) for name in files_in(media_folder))


@pytest.mark.django_db(transaction=True)
def test_files_go_with_a_transaction_that_fails(media_folder):
    with pytest.raises(RuntimeError), transaction.atomic():
        store(picture_bytes())
        assert files_in(media_folder)
        raise RuntimeError

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_transaction_commits_and_go_with_the_picture(media_folder):
    with transaction.atomic():
        image = store(picture_bytes())
    assert Path(image.file).name in files_in(media_folder)

    remove_image(image)

    assert files_in(media_folder) == []


@pytest.mark.django_db(transaction=True)
def test_full_disk_leaves_nothing_half(media_folder):
    (media_folder / "images").write_text("in the way: no folder can be made here")

    with pytest.raises(OSError, match="images"):
        store(picture_bytes())

    assert files_in(media_folder) == ["images"]
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_file_that_cannot_be_put_in_place_leaves_no_draft(media_folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)

    with pytest.raises(OSError, match="No space left"):
        store(picture_bytes())

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


class Bucket(Storage):
    """A storage without paths."""

    def __init__(self):
        self.objects = {}

    def _save(self, name, content):
        self.objects[name] = content.read()
        return name

    def exists(self, name):
        return name in self.objects

    def delete(self, name):
        self.objects.pop(name, None)


def test_pictures_are_kept_on_a_storage_without_paths(settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "posts.tests.test_pictures.Bucket"}
    }

    image = store(picture_bytes())

    names = [image.file, *(copy["file"] for copy in image.renditions)]
    assert all(default_storage.exists(name) for name in names)


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_a_picture_at_once_are_one_picture(media_folder):
    stored = []

    def upload():
        stored.append(store(picture_bytes(size=(300, 300))))
        connection.close()

    uploads = [threading.Thread(target=upload) for _upload in range(2)]
    with one_at_a_time:  # both have looked for the picture before either has made it
        for each in uploads:
            each.start()
        time.sleep(0.5)
    for each in uploads:
        each.join()

    image = Image.objects.get()
    assert stored == [image, image]
    assert len(files_in(media_folder)) == 1 + len(image.renditions)


def test_large_screenshot_is_kept_pixel_for_pixel(monkeypatch):
    monkeypatch.setattr("posts.pictures.encoding.LARGEST_OPTIMIZED", 100)

    image = store(picture_bytes(colour=(1, 2, 3)))

    assert stored_picture(image).getpixel((7, 7)) == (1, 2, 3)


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
            store(bytes(data))
        except ImageRefused as refused:
            assert str(refused)


def test_pictures_are_found_by_address_in_one_query():
    image = store(picture_bytes(size=(600, 300)), alt="A teal box")
    absolute = settings.SITE_URL + image.url
    store(picture_bytes(colour="red"))

    with CaptureQueriesContext(connection) as queries:
        found = find_pictures(
            [image.url, absolute, "/media/images/none.png", "https://x.test/a.png"]
        )

    assert len(queries) == 1
    assert set(found) == {image.url, absolute}
    picture = found[image.url]
    assert picture == found[absolute]
    assert (picture.src, picture.full) == (image.url, image.url)
    assert (picture.width, picture.height, picture.alt) == (600, 300, "A teal box")
    assert [kind for kind, _srcset in picture.sources] == ["image/avif", "image/webp"]
    stem = image.url.removesuffix(".png")
    assert picture.sources[1][1] == f"{stem}-480.webp 480w, {stem}-600.webp 600w"


def test_addresses_elsewhere_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find_pictures(["https://elsewhere.test/a.png", "a.png"]) == {}
