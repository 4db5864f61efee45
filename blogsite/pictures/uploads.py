"""From an uploaded file to what is kept of it."""

import threading
from typing import BinaryIO

from django.utils.translation import gettext as _

from blogsite.pictures import limits
from blogsite.pictures.animation import encode_animation, is_animated
from blogsite.pictures.decoding import decode_still, opened
from blogsite.pictures.encoding import Encoded, encode_copies, encode_full
from blogsite.pictures.limits import ImageRefused

# One picture at a time in a process: a decoded one may take 100 MB.
one_at_a_time = threading.Lock()


def read(file: BinaryIO) -> bytes:
    """All of `file`; raises ImageRefused where that is too much."""
    file.seek(0)
    data = file.read(limits.MAX_BYTES + 1)
    if len(data) > limits.MAX_BYTES:
        raise ImageRefused(
            _("This file is too large; at most %(most)d MB are taken."),
            params={"most": limits.MAX_BYTES // 2**20},
        )
    return data


def encode_all(data: bytes) -> tuple[Encoded, list[Encoded]]:
    """The full picture and its copies; a moving one has no copies. Raises ImageRefused."""
    with one_at_a_time, opened(data) as image:
        if is_animated(image):
            return encode_animation(image), []
        kind = image.format
        picture = decode_still(image)
        return encode_full(picture, kind), encode_copies(picture, kind)
