"""What is kept of a picture: pixels, colours and movement; nothing else."""

import io

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from posts.pictures import limits
from posts.tests.pictures import (
    animation,
    picture_bytes,
    png,
    png_chunk,
    store,
    stored_bytes,
    stored_picture,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("format_", "kept_as"),
    [("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "PNG"), ("WEBP", "WEBP"), ("AVIF", "WEBP")],
)
def test_picture_type_is_told_by_content_and_not_by_name(format_, kept_as):
    image = store(picture_bytes(format_), name="notes.txt")

    assert stored_picture(image).format == kept_as
    assert image.original_name == "notes.txt"


def test_polyglot_is_kept_as_pixels_only():
    data = picture_bytes("GIF") + b"*/;alert('polyglot')//"

    image = store(data)

    assert b"polyglot" not in stored_bytes(image.file)


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
        ("image/avif", 768, 384),
        ("image/avif", 1000, 500),
        ("image/webp", 480, 240),
        ("image/webp", 768, 384),
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


def test_large_screenshot_is_kept_pixel_for_pixel(monkeypatch):
    monkeypatch.setattr("posts.pictures.encoding.LARGEST_OPTIMIZED", 100)

    image = store(picture_bytes(colour=(1, 2, 3)))

    assert stored_picture(image).getpixel((7, 7)) == (1, 2, 3)
