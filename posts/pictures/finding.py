"""Which stored picture an image address means."""

from django.core.files.storage import default_storage

from posts.models.image import Image, stored_path
from posts.rendering import Picture

BEST_FIRST = ["image/avif", "image/webp"]


def find_pictures(sources: list[str]) -> dict[str, Picture]:
    """The pictures of this site among `sources` (image addresses as written), in one query."""
    paths = {source: stored_path(source) for source in sources}
    images = {image.file: image for image in Image.objects.for_sources(sources)}
    return {source: picture_of(images[path]) for source, path in paths.items() if path in images}


def picture_of(image: Image) -> Picture:
    return Picture(
        src=image.url,
        width=image.width,
        height=image.height,
        full=image.url,
        sources=sources_of(image),
        alt=image.alt,
    )


def sources_of(image: Image) -> tuple[tuple[str, str], ...]:
    """`(type, srcset)` of the smaller copies, best type first."""
    by_type = [(kind, srcset(image, kind)) for kind in BEST_FIRST]
    return tuple(pair for pair in by_type if pair[1])


def srcset(image: Image, kind: str) -> str:
    copies = [copy for copy in image.renditions if copy["type"] == kind]
    return ", ".join(f"{default_storage.url(copy['file'])} {copy['width']}w" for copy in copies)
