"""An entry of a Blogger export, in whichever of its two dialects.

The old one tells the kind by a category and a draft by `app:control`; that of Takeout has elements of
Blogger's own for both. All else is Atom in either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from posts.importers.archives.records import Decision, Group, Person, Status
from posts.importers.archives.values import line_of, text_of
from posts.importers.archives.xmlstream import (
    attribute_of,
    first_inside,
    inside,
    name_of,
    words_of,
)

KIND_SCHEME = "#kind"
STATUSES = {
    "": Status.PUBLISHED,
    "LIVE": Status.PUBLISHED,
    "DRAFT": Status.DRAFT,
    "SCHEDULED": Status.SCHEDULED,
    "SOFT_TRASHED": Status.TRASHED,
    "TRASHED": Status.TRASHED,
}
NO_ADDRESS = "noreply@blogger.com"  # written in place of everybody's


@dataclass
class Entry:
    element: etree._Element

    @property
    def key(self) -> str:
        return self.line("id")

    @property
    def kind(self) -> str:
        """ "post", "page", "comment", "settings", "template" or what else the file says."""
        for category in inside(self.element, "category"):
            if attribute_of(category, "scheme").endswith(KIND_SCHEME):
                return attribute_of(category, "term").rpartition("#")[2].lower()
        return self.line("type").lower()

    def line(self, *names: str) -> str:
        return line_of(words_of(self.element, *names))

    def text(self, *names: str) -> str:
        return text_of(words_of(self.element, *names))

    @property
    def status(self) -> Status | None:
        """None where it is none that is known here."""
        if self.line("control", "draft").lower() == "yes":
            return Status.DRAFT
        return STATUSES.get(self.line("status").upper())

    @property
    def decision(self) -> Decision:
        """About a comment; the old dialect exports only those that were shown."""
        status = self.line("status").upper()
        if status in ("", "LIVE"):
            return Decision.APPROVED
        if "SPAM" in status or "GHOST" in status:
            return Decision.SPAM
        is_gone = "DELETED" in status or "TRASHED" in status
        return Decision.REMOVED if is_gone else Decision.PENDING

    @property
    def groups(self) -> list[Group]:
        terms = [
            line_of(attribute_of(category, "term"))
            for category in inside(self.element, "category")
            if not attribute_of(category, "scheme").endswith(KIND_SCHEME)
        ]
        return [Group(term) for term in dict.fromkeys(terms) if term]

    def links(self, rel: str) -> Iterator[str]:
        for link in inside(self.element, "link"):
            if attribute_of(link, "rel") == rel:
                yield attribute_of(link, "href").strip()

    @property
    def address(self) -> str:
        """Whole, or as Takeout has it, a path."""
        return next(self.links("alternate"), "") or self.line("filename")

    @property
    def slug(self) -> str:
        name = urlsplit(self.address).path.rpartition("/")[2] if is_address(self.address) else ""
        return name.removesuffix(".html")

    @property
    def person(self) -> Person | None:
        author = first_inside(self.element, "author")
        if author is None:
            return None
        name = line_of(words_of(author, "name"))
        profile = line_of(words_of(author, "uri"))
        email = line_of(words_of(author, "email"))
        return Person(
            key=profile or name,
            name=name,
            email="" if email == NO_ADDRESS else email,
            links=[profile] if profile else [],
            picture=picture_of(author),
        )

    @property
    def post(self) -> str:
        """Key of the post that a comment is about."""
        for element in inside(self.element, "in-reply-to"):
            return attribute_of(element, "ref")
        return self.line("parent")

    @property
    def answered(self) -> str:
        """What tells the comment that this one answers: its key, or the end of it."""
        related = next(self.links("related"), "")
        return self.line("inReplyTo") or related.rstrip("/").rpartition("/")[2]


def entry_of(element: etree._Element) -> Entry | None:
    return Entry(element) if name_of(element) == "entry" else None


def is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return bool(text)


def picture_of(author: etree._Element) -> str:
    image = first_inside(author, "image")
    source = "" if image is None else attribute_of(image, "src")
    return f"https:{source}" if source.startswith("//") else source
