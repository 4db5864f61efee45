"""How a text becomes the words by which it is found.

All of it is folded (no case, no accents), and words are cut down to their stem in the language of
the text. What looks like code is found as it was typed, and by its parts as well.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from Stemmer import Stemmer, algorithms

MAX_TOKENS = 50_000  # of a text; what follows is not found. A long novel chapter has 10,000
MAX_LENGTH = 64  # characters of a token; what is longer is no word, but data

# A word, or several that code joins: `--no-cache`, `.env`, `asyncio.run`, `C++`, `C#`.
JOINED = re.compile(
    r"(?:(?<![\w.\-])(?:-{1,2}|[.@$#])(?=[^\W\d_]))?\w+(?:(?:::|[.\-/:@])\w+)*(?:(?:\+\+|\#)(?!\w))?"
)
PART = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
# Scripts that set no spaces between words: each character is a word, and a word a phrase.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U000323af]"
)
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip


def fold(text: str) -> str:
    """`text` without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, unicodedata.normalize("NFKC", text).casefold()))


def fold_in_place(text: str) -> str:
    """The same, with as many characters as `text` has."""
    if text.isascii():
        return text.lower()
    return "".join((_fold_character(letter.casefold()[0])[:1] or " ") for letter in text)


@lru_cache(maxsize=20_000)
def _fold_character(letter: str) -> str:
    """Accents of Latin and Greek letters go, and marks that Arabic and Hebrew may leave out.

    Those of other scripts make another letter.
    """
    if letter.isascii():
        return letter
    base, *marks = unicodedata.normalize("NFD", letter)
    if marks and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
        return base
    is_optional = "\u0591" <= letter <= "\u05c7" or "\u064b" <= letter <= "\u065f"
    is_loose = "\u0300" <= letter <= "\u036f"
    return "" if is_optional or is_loose else letter


@dataclass(frozen=True)
class Cut:
    """A text cut up: the words that the index holds, in their order, and those as typed."""

    tokens: list[str]
    words: Set[str]  # folded; what can be suggested to somebody who types

    def __add__(self, other: "Cut") -> "Cut":
        """The cut of both texts with a space between."""
        return Cut((self.tokens + other.tokens)[:MAX_TOKENS], self.words | other.words)


def cut(text: str, language: str) -> Cut:
    """`language` is a code such as `en-GB`."""
    typed = JOINED.findall(fold(text))
    words = {word for word in set(typed) if 3 <= len(word) <= 30 and not word.isdigit()}
    return Cut(tokens_from(typed, language), words)


def tokens_of(text: str, language: str) -> list[str]:
    """The words of `text` in their order."""
    return tokens_from(JOINED.findall(fold(text)), language)


def tokens_from(typed: list[str], language: str) -> list[str]:
    tokens: list[str] = []
    for one in typed:
        tokens += _tokens(one, language)
        if len(tokens) >= MAX_TOKENS:
            break
    return tokens[:MAX_TOKENS]


@lru_cache(maxsize=20_000)  # most words of a text are among the few thousand of its language
def _tokens(typed: str, language: str) -> tuple[str, ...]:
    """One piece of folded text: the word, or what code joins as it stands and then its parts."""
    if LETTERS.fullmatch(typed) and not UNSPACED.search(typed):
        return (stem(typed, language),) if len(typed) <= MAX_LENGTH else ()
    tokens = [typed] if is_code(typed) else []
    for piece in re.split(r"[^\w]+", typed):
        if "_" in piece and piece != typed and len(piece) <= MAX_LENGTH:
            tokens.append(piece)
        for part in PART.findall(piece):
            tokens += _stems(part, language)
    return tuple(tokens)


def _stems(part: str, language: str) -> Iterator[str]:
    if UNSPACED.search(part):
        for piece in re.findall(rf"{UNSPACED.pattern}|[^\W_]+?(?={UNSPACED.pattern}|$)", part):
            yield stem(piece, language)
    elif len(part) <= MAX_LENGTH:
        yield stem(part, language)


def is_code(folded: str) -> bool:
    """Whether it is found as it stands, beside its parts."""
    return len(folded) <= MAX_LENGTH and not PART.fullmatch(folded)


@cache
def stemmer_for(language: str) -> Stemmer | None:
    name = STEMMERS.get(language.lower().replace("_", "-").split("-")[0])
    # What the installed library cannot stem is looked for as typed.
    return Stemmer(name) if name in algorithms() else None


def stem(word: str, language: str) -> str:
    """`word` (folded) without its ending; as it is where the language is unknown."""
    stemmer = stemmer_for(language)
    return fold(stemmer.stemWord(word)) if stemmer and not word.isdigit() else word
