"""Moving pictures, kept moving: whatever they came in, they are stored as animated WebP."""

import io

from django.utils.translation import gettext as _
from PIL import Image as Pillow

from blogsite.pictures import limits
from blogsite.pictures.encoding import TYPES, Encoded
from blogsite.pictures.limits import ImageRefused

SHORTEST_FRAME = 20  # milliseconds; browsers slow anything quicker down to 100
DEFAULT_FRAME = 100


def is_animated(image: Pillow.Image) -> bool:
    """Whether a second frame follows; cheap, where counting all of them may not be."""
    if image.format in {"JPEG", "MPO"}:
        return False  # the further pictures of a JPEG are previews and depth maps
    if image.format != "GIF":
        return getattr(image, "n_frames", 1) > 1
    try:
        image.seek(1)
    except EOFError:
        return False
    image.seek(0)
    return True


def encode_animation(image: Pillow.Image) -> Encoded:
    """All frames of `image` with their times; raises ImageRefused for too many."""
    loop = image.info.get("loop", 1)
    durations = frame_durations(image)
    image.seek(0)
    out = io.BytesIO()
    # Palettes and screen recordings stay exact; a WebP or AVIF film was lossy already.
    exact = image.format in {"GIF", "PNG"}
    image.save(
        out,
        "WEBP",
        save_all=True,
        duration=durations,
        loop=loop,
        lossless=exact,
        quality=60 if exact else 80,  # for lossless: effort
        method=2,
        background=(0, 0, 0, 0),
        exif=b"",
        xmp=b"",
        icc_profile=b"",
    )
    return Encoded(out.getvalue(), *TYPES["WEBP"], *image.size)


def frame_durations(image: Pillow.Image) -> list[int]:
    """Milliseconds of each frame; decodes every one, so a damaged film is noticed here."""
    if image.format != "GIF":
        check_frames(image.n_frames, image.size)  # known from the header
    durations = []
    try:
        while True:
            check_frames(len(durations) + 1, image.size)
            image.seek(len(durations))
            image.load()
            duration = int(image.info.get("duration") or 0)
            durations.append(duration if duration >= SHORTEST_FRAME else DEFAULT_FRAME)
    except EOFError:
        return durations


def check_frames(count: int, size: tuple[int, int]) -> None:
    if count > limits.MAX_FRAMES or count * size[0] * size[1] > limits.MAX_ANIMATION_PIXELS:
        raise ImageRefused(
            _("This animation is too long or too large. Please shorten it, or link to a video.")
        )
