"""A text as the index holds it: the words in their order, and how much each says."""

import hashlib
from collections.abc import Set
from dataclasses import dataclass, field
from datetime import datetime

from blogsite.fulltext.analysis import Cut, cut
from blogsite.fulltext.places import place_of

# Words of the title and of the lead are there a second time behind a mark that no text can hold:
# a search in titles alone then costs what titles cost, however many texts hold the word.
IN_TITLE, IN_LEAD, FACT, GAP = "¶", "‡", "§", "¦"


@dataclass(frozen=True)
class Document:
    """One text. `moment` is when it came out; `facts` are marks to choose by, such as `t12`.

    Who has the body cut up already (`analysis.cut`) may give that in place of the text.
    """

    key: int
    moment: datetime | None
    title: str = ""
    lead: str = ""
    body: str | Cut = ""
    language: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """What is stored of a document; `words` and `title_words` as they were typed."""

    key: int
    place: int
    tokens: str = field(repr=False)
    digest: bytes
    language: str
    words: Set[str] = field(repr=False)
    title_words: Set[str] = field(repr=False)


def entry_of(document: Document) -> Entry:
    title, lead, body = (
        text if isinstance(text, Cut) else cut(text, document.language)
        for text in (document.title, document.lead, document.body)
    )
    tokens = " ".join(arranged(title.tokens, lead.tokens, body.tokens, document.facts))
    return Entry(
        key=document.key,
        place=place_of(document.key, document.moment),
        tokens=tokens,
        digest=hashlib.blake2b(tokens.encode(), digest_size=8).digest(),
        language=document.language,
        words=title.words | lead.words | body.words,
        title_words=title.words,
    )


def arranged(title: list[str], lead: list[str], body: list[str], facts: tuple) -> list[str]:
    """All tokens of a text; no phrase reaches over a gap from one field into the next."""
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
        *(FACT + fact for fact in facts),
    ]
