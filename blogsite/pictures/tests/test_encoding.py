"""What is kept of a picture: pixels, colours and movement; nothing else."""

import io

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from blogsite.pictures import limits
from blogsite.pictures.tests.making import (
    animation,
    kept,
    opened_again,
    picture_bytes,
    png,
    png_chunk,
    taken,
)


@pytest.mark.parametrize(
    ("format_", "kept_as"),
    [("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "PNG"), ("WEBP", "WEBP"), ("AVIF", "WEBP")],
)
def test_picture_type_is_told_by_content(format_, kept_as):
    full, _copies = taken(picture_bytes(format_))

    assert opened_again(full).format == kept_as
    assert full.type == f"image/{kept_as.lower()}"


def test_polyglot_is_kept_as_pixels_only():
    data = picture_bytes("GIF") + b"*/;alert('polyglot')//"

    full, _copies = taken(data)

    assert b"polyglot" not in full.content


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_animation_keeps_moving(format_):
    full, copies = taken(animation(3, format_))

    film = opened_again(full)
    assert (film.format, film.n_frames, film.info["loop"]) == ("WEBP", 3, 0)
    film.seek(1)
    film.load()
    assert film.info["duration"] == 40
    assert copies == []


def test_orientation_is_applied_and_metadata_removed():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010E] = "secret place"
    data = picture_bytes("JPEG", size=(40, 20), exif=exif.tobytes(), comment="secret words")

    full, copies = taken(data)

    assert (full.width, full.height) == (20, 40)
    assert all(b"secret" not in each.content for each in [full, *copies])
    assert not opened_again(full).getexif()


def test_words_and_private_chunks_of_a_png_are_removed():
    data = png(
        1,
        1,
        png_chunk(b"tEXt", b"Author\0secret"),
        png_chunk(b"prVt", b"secret"),
        rows=b"\0\1\2\3",
    )

    full, _copies = taken(data)

    assert b"secret" not in full.content


def test_colours_stay_right_without_the_profile():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 5000)).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    right = kept(picture_bytes(colour=(10, 200, 30), icc_profile=srgb))
    unfit = kept(picture_bytes(colour=(200, 10, 30), icc_profile=lab))
    nonsense = kept(picture_bytes(colour=(1, 2, 3), icc_profile=b"nonsense"))

    assert right.getpixel((0, 0)) == (10, 200, 30)
    assert unfit.getpixel((0, 0)) == (200, 10, 30)
    assert nonsense.getpixel((0, 0)) == (1, 2, 3)


def test_transparent_picture_with_a_profile_stays_transparent():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture_bytes(mode="RGBA", colour=(9, 9, 200, 77), icc_profile=srgb)

    assert kept(data).getpixel((0, 0)) == (9, 9, 200, 77)


def test_picture_for_print_becomes_one_for_screens():
    picture = kept(picture_bytes("JPEG", mode="CMYK", colour=(0, 255, 255, 0)))

    red, green, blue = picture.getpixel((5, 5))
    assert red > 200 > 60 > max(green, blue)


def test_sixteen_bit_picture_keeps_its_brightness():
    out = io.BytesIO()
    Pillow.new("I;16", (4, 4), 128 * 256).save(out, "PNG")

    assert kept(out.getvalue()).getpixel((0, 0)) in (128, (128, 128, 128))


def test_palette_picture_stays_small_and_transparent():
    out = io.BytesIO()
    palette = Pillow.new("P", (600, 4), 3)
    palette.putpalette([10, 20, 30] * 200)
    palette.save(out, "PNG", transparency=3)
    full, copies = taken(out.getvalue())

    large, small = opened_again(full), opened_again(copies[0])
    assert large.mode == "P"
    assert large.convert("RGBA").getpixel((0, 0))[3] == 0
    assert small.convert("RGBA").getpixel((0, 0))[3] == 0


def test_wide_picture_gets_copies_and_none_larger_than_itself():
    _full, copies = taken(picture_bytes(size=(1000, 500)))

    assert [(copy.type, copy.width, copy.height) for copy in copies] == [
        ("image/avif", 480, 240),
        ("image/avif", 768, 384),
        ("image/avif", 1000, 500),
        ("image/webp", 480, 240),
        ("image/webp", 768, 384),
        ("image/webp", 1000, 500),
    ]
    assert all(opened_again(copy).size == (copy.width, copy.height) for copy in copies)


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_huge_picture_is_kept_at_a_size_that_screens_show(format_):
    full, _copies = taken(picture_bytes(format_, size=(limits.MAX_SIDE + 260, 200)))

    assert full.width == limits.MAX_SIDE
    assert opened_again(full).size == (full.width, full.height)


def test_large_screenshot_is_kept_pixel_for_pixel(monkeypatch):
    monkeypatch.setattr("blogsite.pictures.encoding.LARGEST_OPTIMIZED", 100)

    picture = kept(picture_bytes(colour=(1, 2, 3)))

    assert picture.getpixel((7, 7)) == (1, 2, 3)
