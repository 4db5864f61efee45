"""RSS of all versions and Atom, one entry at a time.

One reader does for all: names are looked at without their namespaces, since broken feeds declare
those wrongly, and no two formats use a name in two ways that matter here.
"""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from lxml import etree

from posts.importers.archives.records import Markup
from posts.importers.archives.values import line_of, moment_of, text_of
from posts.importers.archives.xmlstream import (
    XmlStream,
    attribute_of,
    first_inside,
    inside,
    name_of,
    words_of,
)
from posts.importers.feeds.entries import Enclosure, Entry, Facts

ENTRIES = {"item", "entry"}
ROOTS = {"rss", "RDF", "feed"}
PUBLISHED = ("published", "pubDate", "issued", "date", "created")
UPDATED = ("updated", "modified")
FULL = ("encoded", "content")
SUMMARIES = ("summary", "description")
AUTHORS = ("creator", "author")


def read(file: BinaryIO, facts: Facts) -> Iterator[Entry]:
    """Entries; fills `facts` on the way. Ends with StopIteration.value true where the file is cut."""
    stream = XmlStream(file, wrapper="channel")
    for element in stream.children():
        if name_of(element) in ENTRIES:
            yield entry_of(element)
        else:
            keep_fact(element, facts)
    return stream.is_cut


def is_feed(file: BinaryIO) -> bool:
    stream = XmlStream(file, wrapper="channel")
    next(stream.children(), None)
    return stream.root is not None and name_of(stream.root) in ROOTS


def keep_fact(element: etree._Element, facts: Facts) -> None:
    name, words = name_of(element), line_of("".join(element.itertext()))
    if name == "title":
        facts.title = facts.title or words
    elif name == "link" and not facts.address:
        facts.address = link_of(element)
    elif name == "language":
        facts.language = words
    elif name == "author" and words:
        facts.authors.append(line_of(words_of(element, "name")) or words)


def link_of(element: etree._Element) -> str:
    """Where a link to a page leads, in either way of writing it; "" for a link to something else."""
    if attribute_of(element, "rel") not in ("", "alternate"):
        return ""
    return attribute_of(element, "href").strip() or line_of("".join(element.itertext()))


def entry_of(element: etree._Element) -> Entry:
    address = next(filter(None, map(link_of, inside(element, "link"))), "")
    guid = next(filter(None, (line_of(words_of(element, name)) for name in ("guid", "id"))), "")
    full, markup = first_content(element, FULL)
    summary, summary_markup = first_content(element, SUMMARIES)
    return Entry(
        key=guid or address,
        title=title_of(element),
        address=address or link_in(element, guid),
        guid=guid,
        full=full,
        markup=markup,
        summary=summary,
        summary_markup=summary_markup,
        published_at=first_moment(element, PUBLISHED) or first_moment(element, UPDATED),
        updated_at=first_moment(element, UPDATED),
        authors=authors_of(element),
        tags=tags_of(element),
        enclosures=list(enclosures_of(element)),
    )


def title_of(element: etree._Element) -> str:
    """As plain text, even where it is marked up."""
    title = first_inside(element, "title")
    if title is None:
        return ""
    words = line_of("".join(title.itertext()))
    if attribute_of(title, "type") == "html" and "<" in words:
        words = line_of("".join(etree.HTML(f"<p>{words}").itertext()))
    return words


def link_in(element: etree._Element, guid: str) -> str:
    """RSS may give the address as the guid alone."""
    found = first_inside(element, "guid")
    is_address = found is not None and attribute_of(found, "isPermaLink").lower() != "false"
    return guid if is_address and guid.startswith(("http://", "https://")) else ""


def first_content(element: etree._Element, names: tuple) -> tuple[str, Markup]:
    for name in names:
        for found in inside(element, name):
            content = content_of(found)
            if content.strip():
                is_text = attribute_of(found, "type") in ("text", "text/plain")
                return content, Markup.PLAIN if is_text else Markup.HTML
    return "", Markup.HTML


def content_of(element: etree._Element) -> str:
    """HTML in an element: written as text, or as elements (xhtml)."""
    if len(element) == 0:
        return text_of(element.text)
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return text_of(escape(element.text or "", quote=False) + inner)


def first_moment(element: etree._Element, names: tuple):
    moments = (moment_of(line_of(words_of(element, name))) for name in names)
    return next(filter(None, moments), None)


def authors_of(element: etree._Element) -> list[str]:
    """Names. RSS has "mail (name)" in its author, of which the name is taken."""
    found = []
    for name in AUTHORS:
        for author in inside(element, name):
            words = line_of(words_of(author, "name") or "".join(author.itertext()))
            before, bracket, inner = words.removesuffix(")").partition(" (")
            found.append(inner if bracket and "@" in before else words)
    return list(dict.fromkeys(filter(None, found)))


def tags_of(element: etree._Element) -> list[str]:
    found = []
    for category in inside(element, "category"):
        label = attribute_of(category, "label") or attribute_of(category, "term")
        found.append(line_of(label or "".join(category.itertext())))
    return list(dict.fromkeys(filter(None, found)))


def enclosures_of(element: etree._Element) -> Iterator[Enclosure]:
    for found in inside(element, "enclosure"):
        yield Enclosure(attribute_of(found, "url").strip(), attribute_of(found, "type"))
    for found in inside(element, "link"):
        if attribute_of(found, "rel") == "enclosure":
            yield Enclosure(attribute_of(found, "href").strip(), attribute_of(found, "type"))
