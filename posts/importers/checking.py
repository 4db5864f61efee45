"""Whether a picture would be stored, without storing it."""

from pathlib import Path

from blogsite.pictures.animation import frame_durations, is_animated
from blogsite.pictures.decoding import decode_still, opened
from blogsite.pictures.uploads import read


def check_picture(file: Path) -> None:
    """Raise ImageRefused for a picture that would not be stored."""
    with file.open("rb") as data, opened(read(data)) as image:
        if is_animated(image):
            frame_durations(image)
        else:
            decode_still(image)
