"""What is too much for a picture, and the refusal that says so."""

from django.core.exceptions import ValidationError

MAX_BYTES = 20 * 2**20  # a 48-megapixel phone photo is 10 to 15 MB

# Checked on the header alone. JPEG is decoded at a fraction of its size, so more is fine there,
# unless it is progressive; all others need 3 to 6 bytes a pixel before they can be made smaller.
MAX_PIXELS = 25_000_000
MAX_JPEG_PIXELS = 50_000_000

MAX_SIDE = 3840  # pixels; what is larger is stored smaller, as no screen shows more

MAX_FRAMES = 300
MAX_ANIMATION_PIXELS = 60_000_000  # all frames together; a few seconds of encoding

MAX_PROFILE_BYTES = 4 * 2**20  # colour profiles of printers reach 2 MB


class ImageRefused(ValidationError):
    """An upload that is not stored; its message tells the uploader what to do."""

    def __str__(self):
        return self.message % (self.params or {})
