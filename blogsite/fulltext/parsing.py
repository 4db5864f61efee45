"""What people type into a search box, understood without ever being wrong."""

import re
from dataclasses import dataclass, field

MAX_LENGTH = 200  # characters; what follows is not read
MAX_TERMS = 8  # words and phrases; each costs a look into the index

PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=["“\w]))?
    (?:(?P<name>[A-Za-z]{2,10}):(?=\S))?
    (?:["“](?P<phrase>[^"”]*)["”]?|(?P<word>[^\s"“”]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """A word or a phrase that is looked for. `is_open`: other endings are right too."""

    text: str
    is_phrase: bool = False
    is_open: bool = False


@dataclass
class TextQuery:
    """`facts` are marks that a text carries or not; each group of them is a choice."""

    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)
    facts: list[tuple[str, ...]] = field(default_factory=list)
    # Marks that stand for a word where a text has them, by the word: tags of that name.
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.terms or self.facts)


def parse(text: str, filters: tuple[str, ...] = ()) -> TextQuery:
    """Words, "phrases", -without, open*; and `name:value` for each name in `filters`.

    Anything else is a word as well: there is no wrong query.
    """
    query = TextQuery()
    for piece in PIECE.finditer(_legible(text)):
        name, phrase, word = piece["name"], piece["phrase"], piece["word"]
        value = phrase if phrase is not None else word
        if name and name.lower() in filters and not piece["minus"]:
            query.filters.setdefault(name.lower(), []).append(value)
            continue
        if name:
            value = f"{name}:{value}"
        _add(query, value, phrase is not None, bool(piece["minus"]))
    return query


def _add(query: TextQuery, value: str, is_phrase: bool, is_unwanted: bool) -> None:
    if not re.search(r"\w", value):
        return
    term = Term(value.rstrip("*"), is_phrase, value.endswith("*") and not is_phrase)
    where = query.without if is_unwanted else query.terms
    if len(where) < MAX_TERMS and term not in where:
        where.append(term)


def _legible(text: str) -> str:
    """What is read of `text`: its beginning, without control characters."""
    return "".join(c if c.isprintable() else " " for c in text[:MAX_LENGTH])
