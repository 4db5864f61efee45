"""Writing the archive."""

import json
import shutil
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from accounts.personal_data import FILES, PARTS


def write(user: User, out: BinaryIO) -> None:
    """Write all that is kept about `user` to `out`, as a ZIP file.

    Piece by piece, so that it takes little memory however much there is.
    """
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for part in PARTS:
            name, data = part(user)
            with archive.open(f"{name}.json", "w", force_zip64=True) as file:
                for text in in_pieces(data):
                    file.write(text.encode())
        for files in FILES:
            for path, opened in files(user):
                copy(archive, path, opened)


def copy(archive: ZipFile, path: str, opened) -> None:
    try:
        source = opened()
    except OSError:
        return  # lost from the disk; the rest is worth having
    with source, archive.open(path, "w", force_zip64=True) as file:
        shutil.copyfileobj(source, file)


def in_pieces(data: object) -> Iterator[str]:
    """`data` as JSON; an iterator as a list."""
    if not isinstance(data, Iterator):
        yield as_json(data)
        return
    before = "[\n"
    for item in data:
        yield before + as_json(item)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def as_json(data: object) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
