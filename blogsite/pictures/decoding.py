"""From uploaded bytes to pixels: upright, in sRGB, and nothing else of the file."""

import io
import struct
from contextlib import contextmanager

from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from blogsite.pictures import limits
from blogsite.pictures.limits import ImageRefused
from blogsite.pictures.sniffing import kind_of

SRGB = ImageCms.createProfile("sRGB")


@contextmanager
def opened(data: bytes):
    """The picture in `data`, header read and limits checked, pixels not yet decoded.

    Whatever a decoder raises inside the block becomes a refusal: on hostile bytes they raise
    anything from SyntaxError to struct.error, and none of it is our fault or the server's.
    """
    kind = kind_of(data)
    try:
        if kind == "WEBP":
            # Pillow's WebP decoder asks for its whole canvas on opening; so look first.
            check_pixels(webp_size(data), limits.MAX_PIXELS)
        with Pillow.open(io.BytesIO(data), formats=[kind]) as image:
            check_pixels(image.size, most_pixels(image))
            yield image
    except ImageRefused:
        raise
    except Pillow.DecompressionBombError as error:
        raise too_many_pixels() from error
    except Exception as error:
        raise ImageRefused(
            _("This picture is damaged and cannot be read. Please export it again.")
        ) from error


def most_pixels(image: Pillow.Image) -> int:
    """How many pixels this kind of file may have; see limits.py."""
    is_photo = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    return limits.MAX_JPEG_PIXELS if is_photo else limits.MAX_PIXELS


def check_pixels(size: tuple[int, int], most: int) -> None:
    if size[0] * size[1] > most:
        raise too_many_pixels(most)


def too_many_pixels(most: int = limits.MAX_PIXELS) -> ImageRefused:
    return ImageRefused(
        _("This picture has too many pixels; at most %(most)d megapixels are taken."),
        params={"most": most // 1_000_000},
    )


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height in a WebP header (RFC 9649, sections 2.5 to 2.7)."""
    chunk, body = data[12:16], data[20:30]
    if chunk == b"VP8X":
        return (
            1 + int.from_bytes(body[4:7], "little"),
            1 + int.from_bytes(body[7:10], "little"),
        )
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF


def decode_still(image: Pillow.Image) -> Pillow.Image:
    """The pixels of `image` (its first frame): upright, in sRGB, no side over the limit.

    The mode of the result is one of L, P, RGB and RGBA.
    """
    wanted = (limits.MAX_SIDE, limits.MAX_SIDE)
    if image.width * image.height > limits.MAX_PIXELS:
        wanted = (image.width // 2, image.height // 2)
    # JPEG decodes straight to 1/2, 1/4 or 1/8: a large photo never fills the memory.
    image.draft(None, wanted)
    image.load()
    profile = image.info.get("icc_profile") or b""
    ImageOps.exif_transpose(image, in_place=True)
    return strip(to_srgb(shrink(image), profile))


def shrink(image: Pillow.Image) -> Pillow.Image:
    if max(image.size) <= limits.MAX_SIDE:
        return image
    image = full_colours(image)
    image.thumbnail((limits.MAX_SIDE, limits.MAX_SIDE))
    return image


def to_srgb(image: Pillow.Image, profile: bytes) -> Pillow.Image:
    """`image` with its colours right for browsers once its profile is gone."""
    if profile and len(profile) <= limits.MAX_PROFILE_BYTES:
        try:
            return convert_by_profile(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken or unfit profile: the colours as they are
    if image.mode in {"L", "P", "RGB", "RGBA"}:
        return image
    return full_colours(image)


def convert_by_profile(image: Pillow.Image, profile: bytes) -> Pillow.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    image = image if image.mode in {"L", "CMYK"} else full_colours(image)
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    converted = ImageCms.profileToProfile(colours, source, SRGB, outputMode="RGB")
    if alpha:
        converted.putalpha(alpha)
    return converted


def full_colours(image: Pillow.Image) -> Pillow.Image:
    """`image` as RGB, or as RGBA where something of it is transparent."""
    if image.mode.startswith("I"):
        # 16 bits a pixel; Pillow's own conversion would cut off instead of scaling.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def strip(image: Pillow.Image) -> Pillow.Image:
    """`image` without the notes that Pillow would write into the new file."""
    image.info = {key: image.info[key] for key in ["transparency"] if key in image.info}
    return image
