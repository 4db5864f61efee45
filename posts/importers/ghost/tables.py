"""The tables of a Ghost export, row by row, wherever in the file they stand."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from posts.importers.archives.jsonstream import JsonStream
from posts.importers.archives.records import ArchiveRefusedError


def rows(file: BinaryIO, wanted: frozenset[str]) -> Iterator[tuple[str, dict]]:
    """Each row of the tables `wanted`, with the name of its table."""
    for stream in databases(JsonStream(file)):
        for table in stream.fields():
            if table in wanted and stream.peek() == "[":
                yield from rows_of(stream, table)
            else:
                stream.skip()


def rows_of(stream: JsonStream, table: str) -> Iterator[tuple[str, dict]]:
    for _item in stream.items():
        row = stream.value()
        if isinstance(row, dict):
            yield table, row


def check(file: BinaryIO) -> None:
    """Raise ArchiveRefusedError unless this is an export; reads no further than to its first table."""
    for _stream in databases(JsonStream(file)):
        return
    raise ArchiveRefusedError(
        _("This is no export of Ghost: make one under Settings, Import/Export, and give that file.")
    )


def databases(stream: JsonStream) -> Iterator[JsonStream]:
    """Stands at each object of tables: bare, or wrapped as `{"db": [{"data": ...}]}`."""
    if stream.peek() != "{":
        return
    for key in stream.fields():
        if key == "db" and stream.peek() == "[":
            for _item in stream.items():
                yield from data_of(stream)
        elif key == "db":
            yield from data_of(stream)
        elif key == "data" and stream.peek() == "{":
            yield stream
        else:
            stream.skip()


def data_of(stream: JsonStream) -> Iterator[JsonStream]:
    if stream.peek() != "{":
        stream.skip()
        return
    for key in stream.fields():
        if key == "data" and stream.peek() == "{":
            yield stream
        else:
            stream.skip()
