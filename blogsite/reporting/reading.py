"""What a browser's report says, in either of the two forms that browsers send.

Anyone can send one, so nothing of it is kept but what fits narrow patterns: no words of the page,
no address with a key in it, nothing of what an extension of somebody's browser did.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

MOST_IN_ONE = 20  # of a list; browsers collect for a minute
DIRECTIVE = re.compile(r"[a-z][a-z-]{1,59}")
WORD = re.compile(r"[a-z][a-z-]{0,39}")  # `inline`, `eval`, or the scheme of something without host
HOST = re.compile(r"[a-z0-9.\[\]:-]{1,150}")
FILE = re.compile(r"[\w./-]{1,200}", re.ASCII)
OF_BROWSERS = {
    "about",
    "chrome",
    "chrome-extension",
    "moz-extension",
    "safari-extension",
    "safari-web-extension",
    "webkit-masked-url",
}
NO_PAGE = "(no page)"


class Nonsense(ValueError):
    """This is no report."""


@dataclass(frozen=True)
class Kind:
    """What tells one violation from others."""

    directive: str
    blocked: str  # an origin, or a word such as `inline`
    page: str  # the pattern of addresses
    source: str  # a static file, the pattern of a page, or another origin

    @property
    def key(self) -> str:
        return hashlib.sha256("\n".join(asdict(self).values()).encode()).hexdigest()


def kinds_in(report, host: str) -> Iterator[Kind]:
    """The violations on pages of `host` that the JSON `report` tells of."""
    if isinstance(report, dict) and isinstance(report.get("csp-report"), dict):
        bodies = [in_new_names(report["csp-report"])]
    elif isinstance(report, list):
        bodies = [body_of(each) for each in report[:MOST_IN_ONE]]
    else:
        raise Nonsense
    for body in bodies:
        kind = kind_of(body, host)
        if kind:
            yield kind


def in_new_names(old: dict) -> dict:
    """The older form, as `report-uri` has it sent, under the names of the newer one."""
    return {
        "documentURL": old.get("document-uri"),
        "effectiveDirective": old.get("effective-directive") or old.get("violated-directive"),
        "blockedURL": old.get("blocked-uri"),
        "sourceFile": old.get("source-file"),
    }


def body_of(report) -> dict:
    is_ours = isinstance(report, dict) and report.get("type") == "csp-violation"
    body = report.get("body") if is_ours else None
    return body if isinstance(body, dict) else {}


def kind_of(body: dict, host: str) -> Kind | None:
    """None for what happened elsewhere, was done by an extension, or cannot be understood."""
    texts = {name: text for name, text in body.items() if isinstance(text, str)}
    directive = texts.get("effectiveDirective", "").partition(" ")[0]
    page, blocked, source = (
        split(texts.get(name, "")) for name in ("documentURL", "blockedURL", "sourceFile")
    )
    if not DIRECTIVE.fullmatch(directive) or page.netloc != host:
        return None
    if not OF_BROWSERS.isdisjoint({blocked.scheme or blocked.path, source.scheme or source.path}):
        return None
    return Kind(directive, origin(blocked), pattern(page.path), file(source, host))


def split(url: str):
    try:
        return urlsplit(url)
    except ValueError:  # such as a host in brackets that is no address
        return urlsplit("")


def origin(url) -> str:
    """Scheme and host; the word itself where the browser gave no address."""
    if url.scheme and HOST.fullmatch(url.netloc):
        return f"{url.scheme[:20]}://{url.netloc}"
    word = url.scheme or url.path
    return word if WORD.fullmatch(word) else ""


def pattern(path: str) -> str:
    """What the list of all addresses calls `path`."""
    try:
        return f"/{resolve(path).route}"[:200]
    except Resolver404:
        return NO_PAGE


def file(url, host: str) -> str:
    """Which file of ours asked for it, or whose."""
    if url.netloc != host:
        return origin(url)
    is_static = url.path.startswith(settings.STATIC_URL) and FILE.fullmatch(url.path)
    return url.path if is_static else pattern(url.path)
