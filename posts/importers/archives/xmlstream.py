"""XML from strangers, one child of its root at a time.

lxml repairs what files get wrong (undeclared prefixes, control characters, stray ampersands) and
bounds depth and the length of one text itself. Files with a DOCTYPE are refused: no export has one,
and entities are what XML bombs are made of.
"""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from posts.importers.archives.records import ArchiveRefusedError
from posts.importers.archives.values import UNFIT

CHUNK = 65_536  # bytes
MAX_PARTS = 50_000  # elements inside one child; an entry has some twenty
STRAY, MARKED = b"<<![CDATA[", b"<![CDATA["  # the extra sign would hide all that follows
BEFORE = b"\xef\xbb\xbf \t\r\n"  # a mark of the encoding and blanks, which must not come first


class XmlStream:
    """After `children` has ended, `is_cut` tells whether the file stopped before its root did.

    A child of the root that is called `wrapper` gives its own children in its place.
    """

    def __init__(self, file: BinaryIO, wrapper: str = ""):
        self.file = file
        self.wrapper = wrapper
        self.level = 1  # how many elements are around those that are given
        self.is_cut = False
        self.root: etree._Element | None = None
        self.depth = self.parts = 0
        self.parser = etree.XMLPullParser(
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def children(self) -> Iterator[etree._Element]:
        """Each child, once it is whole; it is emptied when the next is asked for."""
        for chunk in self.chunks():
            self.feed(chunk)
            yield from self.whole_ones()
            if self.root is not None and self.depth == 0:
                return
        if self.root is None:
            raise ArchiveRefusedError(_("This file is no XML."))
        self.is_cut = True

    def chunks(self) -> Iterator[bytes]:
        first = b""
        while not first:
            data = self.file.read(CHUNK)
            if not data:
                return
            first = data.lstrip(BEFORE)
        rest = b""
        chunk = first
        while chunk:
            whole = (rest + chunk).replace(STRAY, MARKED)
            rest = whole[len(whole) - len(STRAY) :]  # the mark may go on in the next chunk
            yield whole[: len(whole) - len(rest)]
            chunk = self.file.read(CHUNK)
        yield rest

    def feed(self, chunk: bytes) -> None:
        try:
            self.parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            if self.root is None:
                raise ArchiveRefusedError(_("This file is no XML.")) from error

    def whole_ones(self) -> Iterator[etree._Element]:
        for event, element in self.parser.read_events():
            if event == "start":
                self.enter(element)
                continue
            self.depth -= 1
            if self.depth == self.level:
                yield element
                self.forget(element)
            self.level = min(self.level, max(self.depth, 1))

    def enter(self, element: etree._Element) -> None:
        if self.root is None:
            self.root = element
            if element.getroottree().docinfo.doctype:
                raise ArchiveRefusedError(
                    _("This file declares a document type, which no export does; it was not read.")
                )
        self.depth += 1
        if self.depth == 2 and self.wrapper and name_of(element) == self.wrapper:
            self.level = 2
        self.parts = 0 if self.depth <= self.level + 1 else self.parts + 1
        if self.parts > MAX_PARTS:
            raise ArchiveRefusedError(_("An entry of this file has far too many parts."))

    def forget(self, element: etree._Element) -> None:
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def name_of(element: etree._Element) -> str:
    """The name without its namespace, which files declare wrongly or not at all."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def attribute_of(element: etree._Element, name: str) -> str:
    """The attribute of that name, whatever its namespace."""
    for key, value in element.items():
        if key.rpartition("}")[2].rpartition(":")[2] == name:
            return UNFIT.sub("", value)
    return ""


def inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that name."""
    return (child for child in element if name_of(child) == name)


def first_inside(element: etree._Element, *names: str) -> etree._Element | None:
    """What is found going down by the names, taking the first each time."""
    for name in names:
        element = next(inside(element, name), None)
        if element is None:
            return None
    return element


def words_of(element: etree._Element, *names: str) -> str:
    """All text of what is found so; "" where nothing is."""
    found = first_inside(element, *names)
    return "" if found is None else "".join(found.itertext(with_tail=False))
