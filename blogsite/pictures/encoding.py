"""From pixels to the files that are kept: the full picture and its smaller copies."""

import io
from dataclasses import dataclass

from PIL import Image as Pillow

from blogsite.pictures.decoding import full_colours

# A thumbnail, a column of text (or a phone), the same on sharp screens; never larger than the source.
WIDTHS = [480, 768, 1200, 1600]
TYPES = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "AVIF": ("image/avif", "avif"),
}
# What the full copy is written as. JPEG and PNG stay what they are: other sites and mail
# programs show them where they do not know newer formats.
KEPT_AS = {
    "JPEG": "JPEG",
    "MPO": "JPEG",
    "PNG": "PNG",
    "GIF": "PNG",
    "WEBP": "WEBP",
    "AVIF": "WEBP",
}
OPTIONS = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90, "method": 4},
}
# Screenshots are mostly text: sharper settings, and colour at full resolution.
PHOTO_COPIES = {
    "AVIF": {"quality": 60, "speed": 8},
    "WEBP": {"quality": 80, "method": 2},
}
SCREENSHOT_COPIES = {
    "AVIF": {"quality": 70, "speed": 8, "subsampling": "4:4:4"},
    "WEBP": {"quality": 88, "method": 2},
}
LARGEST_OPTIMIZED = 4_000_000  # pixels; beyond, the search for the smallest PNG takes seconds


@dataclass(frozen=True)
class Encoded:
    """One file to keep."""

    content: bytes
    type: str
    extension: str
    width: int
    height: int


def encode_full(picture: Pillow.Image, kind: str) -> Encoded:
    """The picture at full size; `kind` is the format that it came in."""
    kept_as = KEPT_AS[kind]
    options = dict(OPTIONS[kept_as])
    if kept_as == "PNG" and picture.width * picture.height > LARGEST_OPTIMIZED:
        options["optimize"] = False
    return encode(picture, kept_as, options)


def encode_copies(picture: Pillow.Image, kind: str) -> list[Encoded]:
    """Smaller copies in newer formats, each width once and none wider than the picture."""
    settings = SCREENSHOT_COPIES if KEPT_AS[kind] == "PNG" else PHOTO_COPIES
    widths = sorted({min(width, picture.width) for width in WIDTHS})
    colours = full_colours(picture)
    scaled = [scale(colours, width) for width in widths]
    return [
        encode(copy, format_, options) for format_, options in settings.items() for copy in scaled
    ]


def scale(picture: Pillow.Image, width: int) -> Pillow.Image:
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    # `reducing_gap`: a quick reduction first, the careful one on what is left.
    return picture.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3)


def encode(picture: Pillow.Image, format_: str, options: dict) -> Encoded:
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return Encoded(out.getvalue(), *TYPES[format_], *picture.size)
