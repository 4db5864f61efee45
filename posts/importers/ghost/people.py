"""The users of an export, as people."""

from collections.abc import Iterator

from posts.importers.archives.records import Person
from posts.importers.archives.values import line_of, text_of
from posts.importers.ghost.conversion import relative
from posts.importers.ghost.index import Index


def people(index: Index) -> Iterator[Person]:
    seen = set()
    for key, row in index.scratch.all("users"):
        if key and key not in seen:
            seen.add(key)
            yield person(key, row)


def person(key: str, row: dict) -> Person:
    return Person(
        key=key,
        name=line_of(row.get("name")) or line_of(row.get("slug")),
        handle=line_of(row.get("slug")),
        email=line_of(row.get("email")),
        bio=text_of(row.get("bio")).strip(),
        links=list(links(row)),
        picture=picture(row),
    )


def picture(row: dict) -> str:
    """Addresses of pictures of 2017 begin with "//": as the page, by http or https."""
    address = relative(line_of(row.get("profile_image")) or line_of(row.get("image")))
    return f"https:{address}" if address.startswith("//") else address


def links(row: dict) -> Iterator[str]:
    website = line_of(row.get("website"))
    if website:
        yield website
    twitter = line_of(row.get("twitter")).removeprefix("@")
    if twitter:
        yield twitter if "/" in twitter else f"https://twitter.com/{twitter}"
    facebook = line_of(row.get("facebook"))
    if facebook:
        is_address = facebook.startswith(("http://", "https://"))
        yield facebook if is_address else f"https://www.facebook.com/{facebook}"
