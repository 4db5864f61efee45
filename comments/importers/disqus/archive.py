"""An export of Disqus: threads, each of one page, and posts, which are the comments."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree

from posts.importers.archives.records import ArchiveRefusedError, Decision, Remark, Skipped
from posts.importers.archives.scratch import Scratch
from posts.importers.archives.values import claim_of, line_of, moment_of, text_of
from posts.importers.archives.xmlstream import (
    XmlStream,
    attribute_of,
    first_inside,
    name_of,
    words_of,
)

PLACES = ("http://", "https://", "/")


def open_archive(path: Path) -> "Disqus":
    path = Path(path)
    if not path.is_file():
        raise ArchiveRefusedError(_("There is no file “%s”.") % path.name)
    with path.open("rb") as file:
        stream = XmlStream(file)
        next(stream.children(), None)
        if stream.root is None or name_of(stream.root) != "disqus":
            raise ArchiveRefusedError(
                _("This is no export of Disqus: make one under Moderation, Export.")
            )
    return Disqus(path)


class Disqus:
    def __init__(self, path: Path):
        self.path = path
        self.problems: list[str] = []  # about the whole archive; complete once it is read

    @cached_property
    def threads(self) -> Scratch:
        """Address and state of each thread: posts may come before theirs."""
        scratch = Scratch()
        with self.path.open("rb") as file:
            stream = XmlStream(file)
            for element in stream.children():
                if name_of(element) == "thread":
                    scratch.add("thread", key_of(element), thread_of(element))
            if stream.is_cut:
                self.problems.append(_("The file stops in the middle; what came before was read."))
        return scratch

    def remarks(self) -> Iterator[tuple[str, Remark] | Skipped]:
        """Each comment with the address of its page, in the order of the file."""
        threads = self.threads
        with self.path.open("rb") as file:
            for element in XmlStream(file).children():
                if name_of(element) == "post":
                    thread = threads.first("thread", key_of(first_inside(element, "thread")))
                    yield placed(element, thread)


def key_of(element: etree._Element | None) -> str:
    return "" if element is None else line_of(attribute_of(element, "id"))


def thread_of(element: etree._Element) -> dict:
    return {
        "address": place_of(element),
        "is_deleted": claim_of(line_of(words_of(element, "isDeleted"))),
        "created_at": line_of(words_of(element, "createdAt")),
    }


def place_of(element: etree._Element) -> str:
    """The page's address; some sites gave Disqus its path as an identifier and nothing else."""
    found = (line_of(words_of(element, name)) for name in ("link", "id"))
    return next((place for place in found if place.startswith(PLACES)), "")


def placed(element: etree._Element, thread: dict | None) -> tuple[str, Remark] | Skipped:
    key = key_of(element)
    if thread is None:
        return Skipped(key, _("The page it is about is not in the export."))
    created_at = moment_of(line_of(words_of(element, "createdAt"))) or moment_of(
        thread["created_at"]
    )
    if not (key and thread["address"] and created_at):
        return Skipped(key, _("It has no number, no page or no date."))
    author = first_inside(element, "author")
    remark = Remark(
        key=key,
        body=text_of(words_of(element, "message")),
        created_at=created_at,
        decision=decision_of(element, thread),
        parent=key_of(first_inside(element, "parent")),
        name="" if author is None else line_of(words_of(author, "name")),
        email="" if author is None else line_of(words_of(author, "email")),
    )
    return thread["address"], remark


def decision_of(element: etree._Element, thread: dict) -> Decision:
    if claim_of(line_of(words_of(element, "isSpam"))):
        return Decision.SPAM
    if claim_of(line_of(words_of(element, "isDeleted"))) or thread["is_deleted"]:
        return Decision.REMOVED
    # Older exports say so of those that wait.
    is_waiting = line_of(words_of(element, "isApproved")).lower() == "false"
    return Decision.PENDING if is_waiting else Decision.APPROVED
