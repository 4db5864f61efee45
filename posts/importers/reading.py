"""From a file to text, whatever encoding it has."""

import codecs
import os
import stat
from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 4_000_000  # far above the longest body in any encoding; bounds the memory for a file
BYTE_ORDER_MARKS = [  # the longer ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


class Refused(Exception):
    """A file that is not imported; the message says why."""


def read_text(path: Path) -> tuple[str, str]:
    """The text of a file with plain line ends, and a remark on its encoding (mostly empty).

    Raises Refused for what is not text, or too much of it.
    """
    text, remark = decode(read_bytes(path, MAX_BYTES))
    if "\0" in text:
        raise Refused(_("This is not a text file."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), remark


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; raises Refused above `limit` bytes or when unreadable."""
    try:
        # Not blocking: a named pipe would keep us waiting for a writer that never comes.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Refused(_("This is not a regular file."))
            data = file.read(limit + 1)
    except OSError as error:
        raise Refused(_("Cannot be read: %s.") % (error.strerror or error)) from error
    if len(data) > limit:
        raise Refused(_("Larger than %d MB.") % (limit // 1_000_000))
    return data


def decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data.removeprefix(mark).decode(encoding, "replace")
            return text, "" if "�" not in text else _("Some characters could not be read.")
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        return data.decode("latin-1"), ""
    # Every byte means something in Windows-1252 apart from five; it contains Latin-1's letters.
    return data.decode("cp1252", "replace"), _("Not UTF-8; read as Windows-1252.")
