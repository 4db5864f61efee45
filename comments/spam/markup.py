"""HTML as somebody reads it: the words, and the addresses behind them.

For texts that nobody has cleaned. Each pattern runs over the text once and never looks back, so
that no text is slow to read; Python's own parser takes minutes for some.
"""

import re
from html import unescape

from posts.rendering.limits import names

HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|template)\b[^<>]*>.*?(?:</\1\b[^<>]*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"</?([a-z][a-z0-9]*)([^<>]*)>?|<[!?][^<>]*>?", re.IGNORECASE)
# These stand inside words; every other tag parts them.
INLINE = names("a abbr b code del em font i ins kbd mark s small span strong sub sup u")
ADDRESS = re.compile(
    r"""\b(?:href|src|action)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


def read_html(html: str) -> tuple[str, list[str]]:
    """The words of `html`, and the addresses that it links to or loads, in order."""
    links: list[str] = []

    def read_tag(tag: re.Match) -> str:
        links.extend(unescape("".join(found)) for found in ADDRESS.findall(tag[2] or ""))
        return "" if (tag[1] or "").lower() in INLINE else " "

    text = unescape(TAG.sub(read_tag, HIDDEN.sub("", html)))
    return text, [link for link in links if link]
