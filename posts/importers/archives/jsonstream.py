"""JSON read piece by piece: of a gigabyte, only one row of a table is ever in memory.

The standard library reads a whole document or nothing. This walks through the outer objects and
lists itself and has the standard library read each row, which it does fast.
"""

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from posts.importers.archives.records import ArchiveRefusedError

CHUNK = 256_000  # characters
# Of one row, three times over a book in one post. Empty lists, three characters each, take some
# thirty times their text in memory, so this also bounds what a hostile row can take.
MAX_ROW = 5_000_000
NOT_BLANK = re.compile(r"[^ \t\r\n]")
OUTER = 6  # levels that are walked through; what lies deeper is read at once
# Control characters inside strings are wrong, and common.
DECODER = json.JSONDecoder(strict=False)


class JsonStream:
    """A place in a JSON text. Methods raise ArchiveRefusedError where the text is none."""

    def __init__(self, file: BinaryIO):
        self.file = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace")
        self.buffer = ""
        self.at = 0
        self.ended = False

    def peek(self) -> str:
        """The next character that is not blank; "" at the end."""
        while True:
            found = NOT_BLANK.search(self.buffer, self.at)
            self.at = found.start() if found else len(self.buffer)
            if found:
                return found[0]
            if self.ended:
                return ""
            self.read_on(CHUNK)

    def read_on(self, size: int) -> None:
        more = self.file.read(size)
        self.buffer = self.buffer[self.at :] + more
        self.at = 0
        self.ended = not more

    def take(self, character: str) -> bool:
        """Whether `character` comes next; steps over it."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def value(self):
        """The next value, whole."""
        self.peek()
        while True:
            found = self.complete_value()
            if found:
                return found[0]
            if self.ended:
                raise broken()
            length = len(self.buffer) - self.at
            if length > MAX_ROW:
                raise ArchiveRefusedError(
                    _("A single record in this file is too large to read, or the file is damaged.")
                )
            self.read_on(max(CHUNK, length))

    def complete_value(self) -> tuple | None:
        """The value that begins here, if all of it is in the buffer."""
        try:
            value, end = DECODER.raw_decode(self.buffer, self.at)
        except RecursionError as error:
            raise ArchiveRefusedError(
                _("This file is nested too deeply to be an export.")
            ) from error
        except ValueError:
            return None  # cut off by the end of the buffer, or wrong
        if end == len(self.buffer) and not self.ended:
            return None  # the rest of a number may follow
        self.at = end
        return (value,)

    def items(self) -> Iterator[None]:
        """Stands at each item of the list that comes next; the caller reads or skips it."""
        self.expect("[")
        if self.take("]"):
            return
        while True:
            yield
            if self.take("]"):
                return
            self.expect(",")

    def fields(self) -> Iterator[str]:
        """Stands at each value of the object that comes next; the caller reads or skips it."""
        self.expect("{")
        if self.take("}"):
            return
        while True:
            key = self.value()
            self.expect(":")
            yield key if isinstance(key, str) else ""
            if self.take("}"):
                return
            self.expect(",")

    def expect(self, character: str) -> None:
        if not self.take(character):
            raise broken()

    def skip(self, depth: int = 0) -> None:
        """Step over the next value, without having all of it in memory."""
        next_one = self.peek()
        if next_one == "[" and depth < OUTER:
            for _item in self.items():
                self.skip(depth + 1)
        elif next_one == "{" and depth < OUTER:
            for _key in self.fields():
                self.skip(depth + 1)
        else:
            self.value()


def broken() -> ArchiveRefusedError:
    return ArchiveRefusedError(
        _("This file is damaged or cut off: it is no whole JSON. Make the export again.")
    )
