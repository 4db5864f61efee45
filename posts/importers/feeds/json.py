"""JSON Feed, versions 1 and 1.1."""

from collections.abc import Iterator
from typing import BinaryIO

from posts.importers.archives.jsonstream import JsonStream
from posts.importers.archives.records import Markup
from posts.importers.archives.values import dict_of, line_of, list_of, moment_of, text_of
from posts.importers.feeds.entries import Enclosure, Entry, Facts

FACTS = {"title", "home_page_url", "language", "authors", "author"}


def read(file: BinaryIO, facts: Facts) -> Iterator[Entry]:
    """Entries; fills `facts` on the way. A file that is cut raises ArchiveRefusedError."""
    stream = JsonStream(file)
    for name in stream.fields():
        if name == "items" and stream.peek() == "[":
            for _item in stream.items():
                yield entry_of(dict_of(stream.value()))
        elif name in FACTS:
            keep_fact(name, stream.value(), facts)
        else:
            stream.skip()
    return False


def is_feed(file: BinaryIO) -> bool:
    """Whether it is an object with a version of JSON Feed, or with items."""
    stream = JsonStream(file)
    for name in stream.fields():
        if name == "items" and stream.peek() == "[":
            return True
        if name == "version" and "jsonfeed.org" in text_of(stream.value()):
            return True
        if name != "version":
            stream.skip()
    return False


def keep_fact(name: str, value, facts: Facts) -> None:
    if name == "title":
        facts.title = line_of(value)
    elif name == "home_page_url":
        facts.address = line_of(value)
    elif name == "language":
        facts.language = line_of(value)
    else:
        facts.authors += names_in(value)


def entry_of(item: dict) -> Entry:
    html, text = text_of(item.get("content_html")), text_of(item.get("content_text"))
    address = line_of(item.get("url"))
    return Entry(
        key=line_of(item.get("id")) or address,
        title=line_of(item.get("title")),
        address=address,
        guid=line_of(item.get("id")),
        full=html or text,
        markup=Markup.HTML if html else Markup.PLAIN,
        summary=text_of(item.get("summary")),
        summary_markup=Markup.PLAIN,
        published_at=moment_of(line_of(item.get("date_published"))),
        updated_at=moment_of(line_of(item.get("date_modified"))),
        authors=names_in(item.get("authors")) or names_in(item.get("author")),
        tags=list(dict.fromkeys(filter(None, map(line_of, list_of(item.get("tags")))))),
        language=line_of(item.get("language")),
        cover=line_of(item.get("image")) or line_of(item.get("banner_image")),
        enclosures=list(enclosures_of(item)),
    )


def names_in(value) -> list[str]:
    """Names of one author (version 1) or of several."""
    people = value if isinstance(value, list) else [value]
    return list(filter(None, (line_of(dict_of(person).get("name")) for person in people)))


def enclosures_of(item: dict) -> Iterator[Enclosure]:
    for one in map(dict_of, list_of(item.get("attachments"))):
        yield Enclosure(line_of(one.get("url")), line_of(one.get("mime_type")))
