"""The picture of a person: a small square, re-encoded, and nothing else of what was uploaded."""

import secrets
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageOps

from accounts.models import User
from blogsite.pictures.decoding import decode_still, full_colours, opened
from blogsite.pictures.encoding import Encoded, encode
from blogsite.pictures.files import Unclaimed, old_files, remove_files
from blogsite.pictures.uploads import one_at_a_time, read

FOLDER = "people"  # of the storage; nothing else is kept below it
SIDE = 512  # pixels; the largest place that shows one is 96 wide, on sharp screens 288
OPTIONS = {"quality": 85, "method": 4}


def set_picture(user: User, file: BinaryIO) -> None:
    """Keep the picture in `file` as that of `user`; raises ImageRefused."""
    square = encode_square(read(file))  # before the transaction: others could not write meanwhile
    # Random: an address tells nothing, and a picture that was replaced is never shown again.
    name = f"{FOLDER}/{secrets.token_hex(16)}.{square.extension}"
    with transaction.atomic():
        unclaimed = Unclaimed()
        unclaimed.write(name, square.content)
        replace_picture(user, name)


def remove_picture(user: User) -> None:
    replace_picture(user, "")


@transaction.atomic
def replace_picture(user: User, name: str) -> None:
    """Let the stored file `name` be the picture of `user`; that before goes, once this is certain."""
    former = User.objects.select_for_update().values_list("picture", flat=True).get(pk=user.pk)
    user.picture = name
    user.save(update_fields=["picture"])
    if former:
        transaction.on_commit(lambda: remove_files([former]))


def remove_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove pictures that nobody has, as a program leaves that is killed while it stores one.

    How many went. Younger ones may belong to an upload that is still at work.
    """
    written = old_files(FOLDER, older_than)
    # Read after the files: what got its person meanwhile has an owner.
    owned = set(User.objects.exclude(picture="").values_list("picture", flat=True))
    orphans = [name for name in written if name not in owned]
    remove_files(orphans)
    return len(orphans)


def encode_square(data: bytes) -> Encoded:
    """The middle of the picture in `data`; of a moving one the first frame."""
    with one_at_a_time, opened(data) as image:
        picture = full_colours(decode_still(image))
        side = min(SIDE, *picture.size)
        square = ImageOps.fit(picture, (side, side), Pillow.Resampling.LANCZOS)
        return encode(square, "WEBP", OPTIONS)
