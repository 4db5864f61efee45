"""The plain JSON that Isso imports: a list of pages, each with its comments."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from posts.importers.archives.jsonstream import JsonStream
from posts.importers.archives.records import ArchiveRefusedError, Markup, Remark, Skipped
from posts.importers.archives.values import dict_of, line_of, list_of, moment_of, text_of


class Generic:
    """Raises ArchiveRefusedError where the file is no such list."""

    def __init__(self, path: Path):
        self.path = path
        self.problems: list[str] = []
        first = next(self.pages(), None)
        if first is None or not isinstance(first.get("comments"), list):
            raise ArchiveRefusedError(
                _("This is neither a database of Isso nor a list of pages with comments.")
            )

    def pages(self) -> Iterator[dict]:
        with self.path.open("rb") as file:
            stream = JsonStream(file)
            if stream.peek() == "[":
                for _item in stream.items():
                    yield dict_of(stream.value())

    def remarks(self) -> Iterator[tuple[str, Remark] | Skipped]:
        """Each comment with the address of its page."""
        for page in self.pages():
            address = line_of(page.get("id"))
            for row in map(dict_of, list_of(page.get("comments"))):
                yield placed(row, address)


def placed(row: dict, address: str) -> tuple[str, Remark] | Skipped:
    """Numbers begin anew on each page, so a key has its page before it."""
    number = text_of(row.get("id"))
    created_at = moment_of(row.get("created"))
    if not (address and number and created_at):
        return Skipped(f"{address}#{number}", _("It has no number, no page or no date."))
    parent = text_of(row.get("parent"))
    remark = Remark(
        key=f"{address}#{number}",
        body=text_of(row.get("text")),
        created_at=created_at,
        markup=Markup.MARKDOWN,
        parent=f"{address}#{parent}" if parent else "",
        name=line_of(row.get("author")),
        email=line_of(row.get("email")),
        site=line_of(row.get("website")),
    )
    return address, remark
