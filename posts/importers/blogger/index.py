"""What a Blogger export says beside its posts, gathered in one pass: settings, people, comments."""

from datetime import UTC, datetime
from typing import BinaryIO

from lxml import etree

from posts.importers.archives.records import Decision, Person, Remark
from posts.importers.archives.scratch import Scratch
from posts.importers.archives.values import line_of, moment_of
from posts.importers.archives.xmlstream import XmlStream, attribute_of, name_of
from posts.importers.blogger.entries import Entry, entry_of

LOCALE = ".settings.BLOG_LOCALE"
READERS = ".settings.BLOG_READ_ACCESS_MODE"
TEXTS = ("post", "page")


class Index:
    """Raises ArchiveRefusedError where the file is no feed at all."""

    def __init__(self, file: BinaryIO):
        self.title = self.address = self.language = ""
        self.is_private = False
        self.people: dict[str, Person] = {}
        self.scratch = Scratch()
        stream = XmlStream(file)
        for element in stream.children():
            entry = entry_of(element)
            if entry:
                self.keep(entry)
            else:
                self.keep_fact(element)
        self.is_cut = stream.is_cut

    def keep_fact(self, element: etree._Element) -> None:
        """About the whole blog."""
        if name_of(element) == "title":
            self.title = line_of("".join(element.itertext()))
        elif name_of(element) == "link" and attribute_of(element, "rel") == "alternate":
            self.address = attribute_of(element, "href").strip()

    def keep(self, entry: Entry) -> None:
        kind = entry.kind
        if kind == "settings" and entry.key.endswith(LOCALE):
            self.language = entry.line("content")
        elif kind == "settings" and entry.key.endswith(READERS):
            self.is_private = entry.line("content").upper() not in ("", "PUBLIC")
        elif kind in TEXTS and entry.person:
            self.people.setdefault(entry.person.key, entry.person)
        elif kind == "comment":
            self.keep_comment(entry)

    def keep_comment(self, entry: Entry) -> None:
        person = entry.person or Person("", "")
        published = moment_of(entry.line("published")) or moment_of(entry.line("created"))
        value = {
            "key": entry.key,
            "body": entry.text("content"),
            "at": published.timestamp() if published else None,
            "decision": str(entry.decision),
            "parent": entry.answered,
            "person": person.key,
            "name": person.name,
            "email": person.email,
            "site": next(iter(person.links), ""),
        }
        self.scratch.add("comment", entry.post, value)

    def remarks(self, post: str, otherwise: datetime | None) -> list[Remark]:
        """Comments of the post; `otherwise` is the moment of one that has none."""
        rows = self.scratch.of("comment", post)
        keys = {number_of_key(row["key"]): row["key"] for row in rows}
        found = []
        for row in rows:
            created_at = datetime.fromtimestamp(row["at"], UTC) if row["at"] else otherwise
            if created_at:
                found.append(self.remark(row, created_at, keys))
        return found

    def remark(self, row: dict, created_at: datetime, keys: dict[str, str]) -> Remark:
        is_known = row["person"] in self.people
        parent = number_of_key(row["parent"])
        return Remark(
            key=row["key"],
            body=row["body"],
            created_at=created_at,
            decision=Decision(row["decision"]),
            parent=keys.get(parent, "") if parent != number_of_key(row["key"]) else "",
            person=row["person"] if is_known else "",
            name=row["name"],
            email=row["email"],
            site=row["site"],
        )


def number_of_key(key: str) -> str:
    """The number at the end: `tag:blogger.com,1999:blog-1.post-2` and links both end in it."""
    return key.rpartition("-")[2]
