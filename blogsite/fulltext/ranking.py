"""What a query asks of the index: an expression for each degree of how well a text answers it.

An expression is a nested tuple: ("word", token), ("phrase", token, ...), ("and", ...), ("or", ...)
and ("not", wanted, unwanted). Each engine writes it in its own language.
"""

from collections.abc import Callable
from dataclasses import dataclass

from blogsite.fulltext.analysis import LETTERS, UNSPACED, fold, is_code, tokens_of
from blogsite.fulltext.entry import FACT, IN_LEAD, IN_TITLE
from blogsite.fulltext.parsing import Term, TextQuery

MOST_WORDS = 8  # that an open word may stand for


@dataclass
class Tiers:
    """`better`: the best first. Each finds a part of what is found `everywhere`."""

    everywhere: tuple
    better: list[tuple]


def tiers(query: TextQuery, languages: list[str], words_from: Callable) -> Tiers | None:
    """None where nothing can be found."""
    meant = [meanings(term, languages, words_from) for term in query.terms]
    if not query or not all(meant):
        return None
    marks = [
        [("word", FACT + mark) for mark in query.marks.get(term.text, ())] for term in query.terms
    ]
    facts = [any_of([("word", FACT + fact) for fact in group]) for group in query.facts]
    unwanted = [
        expression
        for term in query.without
        if (expression := any_of(meanings(term, languages, words_from)))
    ]

    def whole(expressions: list[tuple]) -> tuple:
        wanted = all_of([*facts, *expressions])
        return ("not", wanted, any_of(unwanted)) if unwanted else wanted

    def each(*places: str) -> list[tuple]:
        return [
            any_of([behind(place, one) for place in places for one in ways] + (mark or []))
            for ways, mark in zip(meant, marks, strict=True)
        ]

    everywhere = each("")
    if not meant:
        return Tiers(whole([]), [])
    in_title = [any_of([behind(IN_TITLE, one) for one in ways]) for ways in meant]
    better = [whole(in_title), whole(each(IN_TITLE, IN_LEAD))]
    if len(meant) > 1:
        better.append(whole([*everywhere, any_of(each(IN_TITLE))]))
    return Tiers(whole(everywhere), better)


def meanings(term: Term, languages: list[str], words_from: Callable) -> list[tuple]:
    """The ways in which an index may hold what was typed: a stem in each language, or as it is."""
    if term.is_open:
        words = words_from(fold(term.text), MOST_WORDS)
        return unique(one for word in [term.text, *words] for one in ways(word, languages))
    if term.is_phrase:
        return unique(phrase(tokens_of(term.text, language)) for language in ["", *languages])
    return unique(ways(term.text, languages))


def ways(word: str, languages: list[str]) -> list[tuple]:
    folded = fold(word)
    if LETTERS.fullmatch(folded) and not UNSPACED.search(folded):
        return [phrase(tokens_of(word, language)) for language in ["", *languages]]
    tokens = tokens_of(word, "")
    if tokens and is_code(tokens[0]) and tokens[0] == folded.strip(".,;:!?()[]{}'\"`"):
        # As it was typed. What only a hyphen joins may be written without it, too.
        parts = phrase(tokens[1:]) if "-" in word.strip("-") else None
        return [("word", tokens[0]), *([parts] if parts else [])]
    return [phrase(tokens_of(word, language)) for language in ["", *languages]]


def phrase(tokens: list[str]) -> tuple | None:
    if not tokens:
        return None
    return ("phrase", *tokens) if len(tokens) > 1 else ("word", tokens[0])


def behind(mark: str, expression: tuple) -> tuple:
    kind, *tokens = expression
    return (kind, *(mark + token for token in tokens))


def unique(expressions) -> list[tuple]:
    return list(dict.fromkeys(one for one in expressions if one))


def any_of(expressions: list[tuple]) -> tuple | None:
    if len(expressions) < 2:
        return expressions[0] if expressions else None
    return ("or", *expressions)


def all_of(expressions: list[tuple]) -> tuple:
    return expressions[0] if len(expressions) == 1 else ("and", *expressions)
