"""The place in a text where it says what somebody looks for, with the words marked."""

import re
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from blogsite.fulltext.analysis import LETTERS, UNSPACED, fold, fold_in_place, stem
from blogsite.fulltext.parsing import TextQuery

LENGTH = 240  # characters
LEAD_IN = 60  # characters before the first hit
LOOKED_AT = 100_000  # characters of a text; a hit further down is shown by its beginning
MOST_MARKED = 12
MARKED = "<mark>{}</mark>"


def snippet(text: str, marker: re.Pattern | None, length: int = LENGTH) -> SafeString:
    """A piece of `text` (plain) as HTML: only our own marks are not escaped."""
    text = text[:LOOKED_AT]
    folded = fold_in_place(text) if marker else ""
    first = marker.search(folded) if marker else None
    start, end = window(text, first.start() if first else 0, length)
    parts, at = [], start
    hits = islice(marker.finditer(folded, start, end), MOST_MARKED) if first else ()
    for hit in hits:
        parts += [escape(text[at : hit.start()]), MARKED.format(escape(text[slice(*hit.span())]))]
        at = hit.end()
    parts.append(escape(text[at:end]))
    inside = " ".join("".join(parts).split())
    return mark_safe(("… " if start else "") + inside + (" …" if end < len(text) else ""))


def window(text: str, hit: int, length: int) -> tuple[int, int]:
    """From where to where, cut between words."""
    start = max(0, hit - LEAD_IN)
    if start:
        space = text.find(" ", start, hit)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end)
        end = space if space >= 0 else end
    return start, end


def marker(query: TextQuery, languages: list[str]) -> re.Pattern | None:
    """What finds the words of a query in a folded text."""
    patterns = [pattern for term in query.terms for pattern in patterns_of(term, languages)]
    unique = sorted(set(patterns), key=len, reverse=True)
    return re.compile("|".join(unique)) if unique else None


def patterns_of(term, languages: list[str]) -> list[str]:
    folded = fold(term.text)
    if LETTERS.fullmatch(folded) and not UNSPACED.search(folded):
        return [word_pattern(folded, languages, term.is_open)]
    words = re.findall(r"[^\s]+", folded)
    if term.is_phrase:
        return [r"[\W_]+".join(re.escape(word.strip(".,;:!?")) for word in words)]
    return [re.escape(word.strip(",;:!?()[]{}'\"`")) or "(?!)" for word in words]


def word_pattern(word: str, languages: list[str], is_open: bool) -> str:
    """The word in each form that its stem may have: what all of them begin with, and an ending."""
    if is_open:
        return rf"\b{re.escape(word)}\w*"
    stems = {stem(word, language) for language in languages} | {word}
    shared = {common(word, one) for one in stems}
    short = min(shared, key=len)
    if len(short) < 3:
        return rf"\b{re.escape(word)}\b"
    return rf"\b{re.escape(short)}\w{{0,{5 if len(short) < len(word) or languages else 0}}}\b"


def common(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]
