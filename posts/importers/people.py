"""Authors: how files name them, and what the folder tells about them."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from posts.importers import frontmatter
from posts.importers.datafiles import read_values
from posts.importers.fields import Fields
from posts.importers.folder import MARKDOWN, Folder
from posts.importers.reading import Refused, read_text

FILES = ["_data/authors", "data/authors", "_authors", "authors"]
FOLDERS = ["_data/authors", "data/authors", "_authors", "authors", "content/authors"]
NAME = ["name", "display_name", "full_name", "title"]
LINKS = ["url", "website", "site", "web", "homepage", "github", "twitter", "mastodon"]


@dataclass(frozen=True)
class Person:
    """What is known of an author; everything but the name may be empty."""

    name: str
    handle: str = ""
    bio: str = ""
    links: str = ""  # one address a line


def named_authors(fields: Fields) -> list[str]:
    """The authors that front matter names, in order; names or keys of the list of authors."""
    authors = [part for entry in fields.names("author", separator=";") for part in pieces(entry)]
    authors += fields.names("authors", separator=",")
    return [name[:120] for name in {name.casefold(): name for name in authors}.values()]


def pieces(text: str) -> list[str]:
    """`Ada King, Grace Hopper` are two people; `King, Ada` is one."""
    parts = [part.strip() for part in text.split(",")]
    return parts if all(" " in part for part in parts) else [text]


def read_people(folder: Folder) -> dict[str, Person]:
    """The authors that the folder describes, by case-folded key and name."""
    people = {}
    for base in FILES:
        for kind in ("yml", "yaml", "toml", "json"):
            path = folder.inside(f"{base}.{kind}")
            if path:
                add_table(people, read_values(path))
    for base in FOLDERS:
        add_folder(people, folder, base)
    return people


def add_table(people: dict, table) -> None:
    """A mapping of key to details, or a list of details."""
    if isinstance(table, list):
        table = {Fields(entry).text("handle", "id", "key", *NAME): entry for entry in table
                 if isinstance(entry, dict)}  # fmt: skip
    if isinstance(table, dict):
        for key, details in table.items():
            if isinstance(details, dict):
                add(people, str(key), Fields(details), "")


def add_folder(people: dict, folder: Folder, base: str) -> None:
    """One file for each author: `authors/ada.md` or `authors/ada/_index.md`."""
    place = folder.root / base
    if not place.is_dir() or not folder.contains(str(place.resolve())):
        return
    for entry in sorted(place.iterdir()):
        inner = [f"{base}/{entry.name}/{name}" for name in ("_index.md", "index.md")]
        for path in inner if entry.is_dir() else [f"{base}/{entry.name}"]:
            add_file(people, folder, path)


def add_file(people: dict, folder: Folder, path: str) -> None:
    file, pure = folder.inside(path), PurePosixPath(path)
    key = pure.parent.name if pure.stem in {"index", "_index"} else pure.stem
    if not file or key == "_index":
        return
    if pure.suffix in MARKDOWN:
        try:
            head = frontmatter.split(read_text(file)[0])
        except Refused:
            return
        add(people, key, head.fields, head.body)
    elif pure.suffix in {".yml", ".yaml", ".toml", ".json"}:
        values = read_values(file)
        if isinstance(values, dict):
            add(people, key, Fields(values), "")


def add(people: dict, key: str, fields: Fields, body: str) -> None:
    name = fields.text(*NAME) or key
    bio = fields.text("bio", "description", "about") or body.strip()
    links = [fields.text(link) for link in LINKS]
    person = Person(
        name=name[:120],
        handle=key if re.fullmatch(r"[-\w]{1,60}", key) else "",
        bio=bio if len(bio) <= 1000 else "",
        links="\n".join(link for link in links if link.startswith(("https://", "http://"))),
    )
    for known_as in (key, name):
        people.setdefault(known_as.casefold(), person)
