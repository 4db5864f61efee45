"""Taking a picture in."""

import hashlib
import secrets
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone

from blogsite.pictures.encoding import Encoded
from blogsite.pictures.files import Unclaimed, remove_files
from blogsite.pictures.uploads import encode_all, read
from posts.models.image import Image

FOLDER = "images"  # of the storage; nothing else is kept below it


def store_image(
    file: BinaryIO,
    *,
    name: str,
    alt: str = "",
    caption: str = "",
    uploaded_by=None,
    apart: bool = False,
) -> Image:
    """Keep the picture in `file`, re-encoded; the same bytes again give the same Image.

    Except `apart`: then only the same person's. Who may not look at the pictures of others does
    not learn by an upload that one of them is here, nor what was said of it.

    `name` is what the uploader called it; it is shown to editors and never used as a path.
    Raises ImageRefused.
    """
    data = read(file)
    owner = f"of {uploaded_by.pk}".encode() if apart else b""
    digest = hashlib.sha256(data + owner).hexdigest()
    known = Image.everything.filter(digest=digest).first()
    if known:
        return fill_in(out_of_trash(known), alt, caption)
    full, copies = encode_all(data)
    image = Image(
        digest=digest,
        alt=cut(alt, 500),
        caption=cut(caption, 500),
        original_name=printable(name),
        width=full.width,
        height=full.height,
        uploaded_by=uploaded_by,
    )
    try:
        with transaction.atomic():
            write_files(image, full, copies)
            image.save()
    except IntegrityError:
        # Somebody else stored the same picture meanwhile.
        return Image.everything.get(digest=digest)
    return image


def remove_image(image: Image) -> None:
    """Delete a picture and, once that is certain, its files."""
    names = [image.file, *(copy["file"] for copy in image.renditions)]
    with transaction.atomic():
        image.delete()
        transaction.on_commit(lambda: remove_files(names))


def out_of_trash(image: Image) -> Image:
    """`image`, restored where it had been thrown away: somebody needs it again."""
    if image.deleted_at:
        # Imported late: the trash renders texts, and texts look for their pictures here.
        from posts import trash

        trash.restore(image)
    return image


def fill_in(image: Image, alt: str, caption: str) -> Image:
    """Use words that came with a picture only where there were none: others rely on those."""
    missing = {"alt": cut(alt, 500), "caption": cut(caption, 500)}
    news = {name: text for name, text in missing.items() if text and not getattr(image, name)}
    for field, text in news.items():
        setattr(image, field, text)
    if news:
        image.save(update_fields=list(news))
    return image


def write_files(image: Image, full: Encoded, copies: list[Encoded]) -> None:
    """Write the files and note their names on `image`."""
    unclaimed = Unclaimed()
    # A random name: two uploads at once never share a file, so that one failing cannot take the
    # other's away, and an address tells nobody whether some picture is here.
    stem = f"{FOLDER}/{timezone.now():%Y}/{secrets.token_hex(16)}"
    image.file = f"{stem}.{full.extension}"
    unclaimed.write(image.file, full.content)
    image.renditions = []
    for copy in copies:
        path = f"{stem}-{copy.width}.{copy.extension}"
        unclaimed.write(path, copy.content)
        image.renditions.append(
            {"type": copy.type, "width": copy.width, "height": copy.height, "file": path}
        )


def cut(text: str, length: int) -> str:
    return text.replace("\0", "")[:length]


def printable(name: str) -> str:
    """A file name fit to be shown: its last part, without control and direction characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[:255]
