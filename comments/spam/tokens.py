"""The features of a comment, as short strings such as `word:cheap` or `link:.example`.

Only whether a token occurs counts, not how often. What they mean to a person: `signs.describe`.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from comments.spam import letters
from comments.spam.addresses import MAIL, URL, host_tokens, is_web_or_mail, link_tokens
from comments.spam.measures import measure_tokens
from comments.spam.sample import Sample
from posts.rendering.limits import MAX_VISITOR, tidy

WORD = re.compile(r"[$€£]?\w[\w'’$-]*[!%]?|!+|\?+")
NAME_WORD = re.compile(r"\w+")
# v i a g r a, v.i.a.g.r.a
SPELT_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_-]){3,20}[^\W\d_](?!\w)")
FORUM_LINK = re.compile(r"\[(?:url|link)\b", re.IGNORECASE)
HTML_LINK = re.compile(r"<a\s+href", re.IGNORECASE)

# A spammer's message is not far from the start or the end; what lies between is cut out of the
# longest texts, so that no comment asks for more than some 2,500 rows.
FIRST_WORDS, LAST_WORDS = 600, 200
MAX_LINKS = 40
MAX_MAILS = 20
MAX_WORD = 40
MAX_NAME_WORDS = 10
MAX_TOKENS = 3000


def tokens_of(sample: Sample) -> list[str]:
    """Every token once, in the order of their first occurrence; MAX_TOKENS at most."""
    typed = tidy(_ends_of(sample.body, MAX_VISITOR))
    text = letters.cleaned(typed)
    links = _links_in(text, sample.links)
    mails = MAIL.findall(text)
    prose = MAIL.sub(" ", URL.sub(" ", text))
    words = _words_in(prose)
    found = [
        *_link_tokens(links, mails),
        *_author_tokens(sample),
        *_sign_tokens(typed, prose),
        *measure_tokens(_measures_of(typed, text, prose, words, links, mails, sample)),
        *sample.extras,
        *_word_tokens(words),
    ]
    return list(dict.fromkeys(found))[:MAX_TOKENS]


def key_of(token: str) -> int:
    """Under which number the token is counted: 63 bits of its hash, never 0."""
    digest = blake2b(token.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1 or 1


def _ends_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    tail = most // 4
    return f"{text[: most - tail]} {text[-tail:]}"


def _links_in(text: str, others: tuple[str, ...]) -> list[str]:
    elsewhere = (tidy(link) for link in others[: 5 * MAX_LINKS] if is_web_or_mail(link))
    return list(dict.fromkeys([*URL.findall(text), *elsewhere]))


def _words_in(prose: str) -> list[str]:
    words = [part for word in WORD.findall(prose) for part in _parts_of(word)]
    if len(words) <= FIRST_WORDS + LAST_WORDS:
        return words
    return words[:FIRST_WORDS] + words[-LAST_WORDS:]


def _parts_of(word: str) -> Iterator[str]:
    """The word itself; what is written without blanks in pairs of its characters."""
    if word.isascii() or not letters.UNSPACED.search(word):
        yield word[:MAX_WORD]
        return
    for run in letters.UNSPACED.findall(word):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
    yield from (part[:MAX_WORD] for part in letters.UNSPACED.split(word) if part)


def _link_tokens(links: list[str], mails: list[str]) -> Iterator[str]:
    for link in links[:MAX_LINKS]:
        yield from link_tokens(link)
    for domain in mails[:MAX_MAILS]:
        yield from host_tokens("mailto", domain)


def _word_tokens(words: list[str]) -> Iterator[str]:
    """The words without and, where there are any, with their capitals; and pairs of neighbours."""
    plain = [word.casefold() for word in words]
    for word, low in zip(words, plain, strict=True):
        yield f"word:{low}"
        if word != low:
            yield f"typed:{word}"
        if letters.is_disguised(low):
            yield "sign:disguised"
            yield f"word:{letters.undisguised(low)}"
    yield from (f"pair:{first} {second}" for first, second in pairwise(plain))


def _author_tokens(sample: Sample) -> Iterator[str]:
    yield "sign:member" if sample.is_member else "sign:guest"
    name = letters.cleaned(tidy(sample.name)).casefold()
    words = NAME_WORD.findall(name)[:MAX_NAME_WORDS]
    yield from (f"name:{word[:MAX_WORD]}" for word in words)
    yield f"whole-name:{' '.join(words)[:100]}"
    address = tidy(sample.email).casefold()
    local, _at, domain = address.rpartition("@")
    yield from host_tokens("mail", domain)
    if address:
        yield f"whole-mail:{address[:254]}"
    yield from measure_tokens(
        {
            "name_words": len(words),
            "mail_digits": sum(map(str.isdigit, local)),
            "mail_length": len(local),
        }
    )
    if sample.site:
        yield "sign:site"
        yield from link_tokens(tidy(sample.site), "site")
    if sample.seconds is not None:
        yield from measure_tokens({"seconds": sample.seconds})


def _sign_tokens(typed: str, prose: str) -> Iterator[str]:
    if FORUM_LINK.search(typed):
        yield "sign:forum-link"
    if HTML_LINK.search(typed):
        yield "sign:html-link"
    for spelt in SPELT_OUT.findall(prose)[:MAX_LINKS]:
        yield "sign:spelt-out"
        yield f"word:{''.join(filter(str.isalpha, spelt)).casefold()}"
    if script := letters.main_script(prose):
        yield f"script:{script.lower()}"


def _measures_of(typed, text, prose, words, links, mails, sample) -> dict[str, float]:
    count = len(words) + 1
    capitals = sum(map(str.isupper, prose))
    return {
        "links": len(links),
        "link_share": len(links) / count,
        "mails": len(mails),
        "words": len(words),
        "capitals": capitals / (sum(map(str.isalpha, prose)) + 1),
        "shouted": sum(word.isupper() and len(word) > 3 for word in words) / count,
        "exclamations": prose.count("!"),
        "money": sum(map(prose.count, "$€£")),
        "digits": sum(map(str.isdigit, prose)) / (len(prose) + 1),
        "foreign": sum(not letter.isascii() for letter in prose) / (len(prose) + 1),
        "lines": 100 * text.count("\n") // count,
        "quotes": sum(line.startswith(">") for line in text.split("\n")),
        "hidden": letters.hiding_count(typed),
    }
