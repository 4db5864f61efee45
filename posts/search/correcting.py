"""“Did you mean”: only words with which a reader finds something."""

import re

from blogsite.fulltext import TextQuery
from blogsite.fulltext.parsing import Term
from posts.search.rows import public_keys
from posts.search.texts import POSTS
from posts.search.understanding import Asked

TRIED = 20  # hits of a word that are asked whether readers may see them


def correct(text: str, asked: Asked) -> str:
    """`text` with a word in it put right; empty where nothing better is known."""
    corrected = text
    for term in asked.query.terms:
        if term.is_phrase or is_found(term.text, asked):
            continue
        better = next((w for w in POSTS.correct(term.text.lower()) if is_found(w, asked)), None)
        if better:
            word = rf"(?<!\w){re.escape(term.text)}(?!\w)"
            corrected = re.sub(word, lambda _word, better=better: better, corrected)
    return corrected if corrected != text else ""


def is_found(word: str, asked: Asked) -> bool:
    """Whether readers can find a post by it: a word that only drafts hold is nobody's business."""
    hits = POSTS.search(TextQuery(terms=[Term(word)]), TRIED, **asked.bounds)
    return bool(public_keys(hits.keys))
