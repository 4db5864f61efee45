"""Tokens of web and mail addresses: the host, every domain above it, the words of the path."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

URL = re.compile(r"""(?:https?://(?:\[[\da-f:.]{2,45}\])?|www\.)[^\s<>"'\]\)]*""", re.IGNORECASE)
# Bounded to the left, or a text of one long word would take a step for each pair of its letters.
MAIL = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
NUMBERS = re.compile(r"[\d.]+|\[?[\da-f:]+:[\da-f:]*\]?")
WORDS = re.compile(r"\w{2,20}")
HOST_WORDS = re.compile(r"[^\W\d_]{3,20}")
MAX_PATH_WORDS = 10
MAX_LABELS = 5


def host_tokens(kind: str, host: str) -> Iterator[str]:
    """The host as it is, then the domains above it with a dot in front."""
    host = host.casefold().strip(".")[:100]
    if not host:
        return
    yield f"{kind}:{host}"
    labels = host.split(".")[-MAX_LABELS:]
    for start in range(1, len(labels)):
        yield f"{kind}:.{'.'.join(labels[start:])}"


def link_tokens(link: str, kind: str = "link") -> Iterator[str]:
    if link.casefold().startswith("mailto:"):
        yield "sign:mail-link"
        return
    try:
        parts = urlsplit(link if "://" in link else f"http://{link}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        yield "sign:broken-link"
        return
    yield from host_tokens(kind, host)
    if NUMBERS.fullmatch(host):
        yield "sign:number-link"
    if port:
        yield "sign:port-link"
    if parts.query:
        yield "sign:query-link"
    path = f"{parts.path} {parts.query}".casefold()
    yield from (f"path:{word}" for word in WORDS.findall(path)[:MAX_PATH_WORDS])
    yield from (f"hostword:{word}" for word in HOST_WORDS.findall(host.casefold()))


def is_web_or_mail(link: str) -> bool:
    return link.casefold().startswith(("http://", "https://", "www.", "mailto:", "//"))
