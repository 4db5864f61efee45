"""Addresses that hang on another one: feeds below a list, the Markdown beside a text.

They move with it: after a tag is renamed, its old feed leads to the new one. An app above may
hang a folder of its own on all texts, by its name in FOLDERS.
"""

from django.urls import Resolver404, resolve

from posts import redirects
from posts.feeds.formats import FORMATS
from posts.models.publication import MARKDOWN_SUFFIX
from posts.models.redirect import as_asked

# What a feed's address may end with, longest first, and its own suffix.
FEED_SUFFIXES = {
    name: each.suffix
    for name, each in sorted(
        ((name, each) for each in FORMATS.values() for name in each.names),
        key=lambda pair: -len(pair[0]),
    )
}

# Names of folders below the addresses of texts that belong to apps above.
FOLDERS: set[str] = set()


def find_former(path: str) -> redirects.Answer | None:
    """Where the twin at `path` went, if what it hung on had a former address."""
    base, suffix = split(path)
    answer = redirects.find(base) if suffix else None
    if not answer or answer.is_gone:
        return answer
    location = join(answer.location, suffix)
    return redirects.Answer(location) if leads_somewhere(location) else None


def split(path: str) -> tuple[str, str]:
    """The path that `path` hangs on and its canonical suffix; two empty strings for no twin."""
    if path.endswith(MARKDOWN_SUFFIX):
        return path.removesuffix(MARKDOWN_SUFFIX) + "/", MARKDOWN_SUFFIX
    for folder in FOLDERS:
        base, found, rest = f"{path}/".partition(f"/{folder}/")
        if found:
            return f"{base}/", f"{folder}/{canonical(rest)}"
    plain = path.rstrip("/")
    for name, suffix in FEED_SUFFIXES.items():
        if plain.endswith(f"/{name}"):
            return plain.removesuffix(name), suffix
    return "", ""


def canonical(rest: str) -> str:
    """What follows a folder, with or without its last slash: a feed by its own name."""
    plain = rest.rstrip("/")
    return FEED_SUFFIXES.get(plain, plain)


def join(path: str, suffix: str) -> str:
    return path.rstrip("/") + suffix if suffix == MARKDOWN_SUFFIX else path + suffix


def leads_somewhere(path: str) -> bool:
    try:
        resolve(as_asked(path))
    except Resolver404:
        return False
    return True
