"""What the site's settings block: words, e-mails, domains and networks."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.encoding import punycode

from comments.models import Comment
from posts.rendering.plain import UNSPACED, find_links, plain_text

# Signs of no width, with which a word is spelt so that it only looks the same.
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
HOST_MAX_LENGTH = 253  # characters; RFC 1035, 2.3.4


def blocked_word(comment: Comment, blocked: str) -> str:
    """The first word or phrase of `blocked`, one a line, that the comment holds; or ''.

    Whole words, whatever their case or width, in its name, its site, its text as it was typed
    and its text as it is read.
    """
    parts = [comment.author_name, comment.author_site, comment.body, plain_text(comment.body_html)]
    text = alike("\n".join(parts))
    # Of the lists that people pass around, with tens of thousands of lines, nearly all drop out
    # here; one pattern of them all would take many seconds.
    near = [words for words in phrases_in(blocked) if all(word in text for word in words)]
    alternatives = [bounded(r"\s+".join(map(re.escape, words)), words) for words in near]
    found = re.search("|".join(alternatives), text) if alternatives else None
    return found[0] if found else ""


@lru_cache(maxsize=2)
def phrases_in(blocked: str) -> list[list[str]]:
    """The words of each line of `blocked`, in the form in which they are compared."""
    return [words for line in blocked.splitlines() if (words := alike(line).split())]


def bounded(pattern: str, words: list[str]) -> str:
    """`pattern` as whole words; scripts without blanks between words have no such edges."""
    before = r"(?<!\w)" if has_edge(words[0][0]) else ""
    after = r"(?!\w)" if has_edge(words[-1][-1]) else ""
    return before + pattern + after


def has_edge(sign: str) -> bool:
    return not UNSPACED.match(sign)


def alike(text: str) -> str:
    """`text` so that what reads the same is the same: case, width, invisible signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", folded))


def blocked_address(comment: Comment, blocked: str) -> str:
    """The first e-mail or domain of `blocked`, one a line, that the comment names; or ''.

    A domain stands for all that lies below it, in e-mails, in the author's site and in links.
    """
    email = comment.author_email.lower()
    named = {name for each in addresses_in(comment) for name in domains_above(host_of(each))}
    for line in filter(None, map(str.strip, blocked.lower().splitlines())):
        if line == email or (not is_email(line) and host_of(line) in named):
            return line
    return ""


def addresses_in(comment: Comment) -> list[str]:
    return [comment.author_email, comment.author_site, *find_links(comment.body_html)]


def is_email(line: str) -> bool:
    return "@" in line.lstrip("@")


def domains_above(host: str) -> Iterator[str]:
    """`host` itself and each domain that it lies below; none for what is too long to be one."""
    labels = host.split(".") if host and len(host) <= HOST_MAX_LENGTH else []
    return (".".join(labels[start:]) for start in range(len(labels)))


def host_of(address: str) -> str:
    """The domain in an e-mail, a web address or a bare name, in ASCII; empty where there is none."""
    rest = address.partition("://")[2] or address.removeprefix("mailto:")
    try:
        host = urlsplit(f"//{rest}").hostname or ""
        return punycode(host.removeprefix("*.").strip("."))
    except ValueError:  # UnicodeError is one
        return ""
