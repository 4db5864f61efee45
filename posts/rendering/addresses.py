"""Absolute addresses, for feeds and mail."""

import re
from html import escape, unescape
from urllib.parse import urljoin

INSIDE = r"""(?:[^>"']|"[^"]*"|'[^']*')"""
# Of all tags those with an address in them.
TAG = re.compile(rf"<[A-Za-z]{INSIDE}*?\s(?:href|src|poster|srcset)={INSIDE}*>")
ATTRIBUTE = re.compile(r"""(?<=\s)(href|src|poster|srcset)=(?:"([^"]*)"|'([^']*)')""")


def absolute_urls(html: str, base: str) -> str:
    """`html` with every address made absolute; `base` is the address of its own page."""

    def complete(match: re.Match) -> str:
        name = match[1]
        value = unescape(match[2] if match[2] is not None else match[3])
        joined = _join_set(base, value) if name == "srcset" else _join(base, value)
        return f'{name}="{escape(joined)}"'

    return TAG.sub(lambda tag: ATTRIBUTE.sub(complete, tag[0]), html)


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # such as a broken IPv6 host: better left than lost
        return address


def _join_set(base: str, srcset: str) -> str:
    """Each candidate of a srcset: an address and, after a blank, its width or density."""
    candidates = (part.strip().partition(" ") for part in re.split(r",\s+|,\Z", srcset))
    joined = ((_join(base, url), size) for url, _, size in candidates if url)
    return ", ".join(f"{url} {size}".strip() for url, size in joined)
