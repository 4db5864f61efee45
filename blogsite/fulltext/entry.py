"""A text as the index holds it: the words in their order, and how much each says."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from blogsite.fulltext.analysis import tokens_of
from blogsite.fulltext.places import place_of

# Words of the title and of the lead are there a second time behind a mark that no text can hold:
# a search in titles alone then costs what titles cost, however many texts hold the word.
IN_TITLE, IN_LEAD, FACT, GAP = "¶", "‡", "§", "¦"


@dataclass(frozen=True)
class Document:
    """One text. `moment` is when it came out; `facts` are marks to choose by, such as `t12`."""

    key: int
    moment: datetime | None
    title: str = ""
    lead: str = ""
    body: str = ""
    language: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    key: int
    place: int
    tokens: str = field(repr=False)
    digest: bytes = b""


def entry_of(document: Document) -> Entry:
    place = place_of(document.key, document.moment)
    tokens = " ".join(tokens_in(document))
    digest = hashlib.blake2b(tokens.encode(), digest_size=8).digest()
    return Entry(document.key, place, tokens, digest)


def tokens_in(document: Document) -> list[str]:
    """No phrase reaches over a gap from one field into the next."""
    title, lead, body = (
        tokens_of(text, document.language)
        for text in (document.title, document.lead, document.body)
    )
    return [
        *(IN_TITLE + token for token in title),
        GAP,
        *(IN_LEAD + token for token in lead),
        GAP,
        *title,
        GAP,
        *lead,
        GAP,
        *body,
        GAP,
        *(FACT + fact for fact in document.facts),
    ]
