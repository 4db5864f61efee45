"""Rules for pictures."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from posts.linting.finding import Finding, shown
from posts.linting.reading import Reading
from posts.linting.targets import Targets
from posts.models.image import Image, stored_path
from posts.rendering.pictures import is_loadable

MAX_WIDTH = 2000  # pixels; the column of text has 700, and good screens twice as many
MAX_BYTES = 500_000


def find(text, reading: Reading, targets: Targets) -> Iterator[Finding]:
    for picture in reading.pictures:
        image = targets.image(picture.source)
        if not is_described(picture, image):
            yield undescribed(picture)
        if image:
            yield from size(image, picture)
        else:
            yield from elsewhere(picture, targets)
    yield from cover(text, reading)


def is_described(picture, image: Image | None) -> bool:
    """An `alt=""` in HTML says on purpose that there is nothing to describe; `![]()` does not."""
    return picture.alt is not None or bool(image and image.alt)


def undescribed(picture) -> Finding:
    message = _(
        "This picture has no description: %(address)s. Say between the square brackets what it shows."
    )
    address = {"address": shown(picture.source)}
    return Finding("picture-alt", message % address, picture.line, picture.source)


def size(image: Image, picture) -> Iterator[Finding]:
    """Of a picture with smaller copies readers load one that fits; then its size is no matter."""
    if image.renditions:
        return
    if image.width > MAX_WIDTH:
        message = _("This picture is %(width)d pixels wide; %(most)d are enough.")
        told = message % {"width": image.width, "most": MAX_WIDTH}
        yield Finding("picture-large", told, picture.line, picture.source)
        return
    kilobytes = (file_size(image) or 0) // 1000
    if kilobytes > MAX_BYTES // 1000:
        message = _("This picture has %(size)d kB. Make it smaller, or a film of it.")
        yield Finding("picture-large", message % {"size": kilobytes}, picture.line, picture.source)


def file_size(image: Image) -> int | None:
    """Bytes of the file; None where the storage cannot tell."""
    try:
        return default_storage.size(image.file)
    except (OSError, NotImplementedError):
        return None


def elsewhere(picture, targets: Targets) -> Iterator[Finding]:
    """A picture that is not among those of the site."""
    source = picture.source
    if not is_loadable(source):
        message = _("No reader will see this picture: %(address)s. Give it a web address.")
        told = message % {"address": shown(source) or "-"}
        yield Finding("picture-broken", told, picture.line, source)
    elif targets.is_external(source):
        message = _(
            "This picture comes from another site, which learns of your readers and may remove it: "
            "%(address)s. Add it to the pictures here."
        )
        told = message % {"address": shown(source)}
        yield Finding("picture-remote", told, picture.line, source)
    elif not targets.has_file(source):
        message = _("There is no picture at %(address)s. Add it, or mend the address.")
        told = message % {"address": shown(source)}
        yield Finding("picture-broken", told, picture.line, source)


def cover(text, reading: Reading) -> Iterator[Finding]:
    image = getattr(text, "cover", None)
    if not image or text.cover_alt.strip() or image.alt:
        return
    if any(p.alt and stored_path(p.source) == image.file for p in reading.pictures):
        return
    message = _("The cover picture has no description. Say what it shows.")
    yield Finding("cover-alt", message, None, image.file)
