"""Bare addresses become links, as GitHub does it: http(s)://, www. and e-mail.

The plugin of the same name copies the rest of the paragraph for each colon and trims
brackets one by one with a recount, which a hostile text turns into minutes. Here each
attempt looks at no more than MAX_URL characters.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

MAX_URL = 2_000
BEFORE = frozenset(" \t\r\n*_~(")
URL = re.compile(r"(?:https?://|www\.)\w[^\s<]{0,1900}")
LOCAL_PART = re.compile(r"[A-Za-z0-9.+_-]{1,64}\Z")
DOMAIN = re.compile(
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
TRAILING_ENTITY = re.compile(r"&[A-Za-z0-9]{1,31};\Z")
TRAILING = "?!.,:*_~'\";"


def autolink_plugin(md: MarkdownIt) -> None:
    """Add the three rules behind the standard ones."""
    md.inline.add_terminator_char("w")
    md.inline.ruler.push("autolink_www", link_www)
    md.inline.ruler.push("autolink_scheme", link_scheme)
    md.inline.ruler.push("autolink_email", link_email)


def link_www(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel or not state.src.startswith("www.", state.pos):
        return False
    if state.pos and state.src[state.pos - 1] not in BEFORE:
        return False
    label = _match_url(state.src, state.pos, state.posMax)
    return bool(label) and "." in label[4:] and _push(state, "", label, f"http://{label}")


def link_scheme(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = next((s for s in ("https", "http") if state.src.endswith(s, 0, state.pos)), None)
    if scheme is None:
        return False
    start = state.pos - len(scheme)
    if start and state.src[start - 1] not in BEFORE:
        return False
    label = _match_url(state.src, start, state.posMax)
    return bool(label) and _push(state, scheme, label, label)


def link_email(state: StateInline, silent: bool) -> bool:
    if silent or state.linkLevel or state.src[state.pos] != "@":
        return False
    local = LOCAL_PART.search(state.src[max(0, state.pos - 64) : state.pos])
    domain = DOMAIN.match(state.src, state.pos, min(state.posMax, state.pos + 320))
    if local is None or domain is None:
        return False
    label = local[0] + domain[0]
    return _push(state, local[0], label, f"mailto:{label}")


def _match_url(src: str, start: int, end: int) -> str:
    """The address at `start` without trailing punctuation, or an empty string."""
    match = URL.match(src, start, min(end, start + MAX_URL))
    return _trim(match[0]) if match else ""


def _trim(url: str) -> str:
    """GFM: closing punctuation, an entity and unmatched brackets belong to the sentence."""
    unmatched = url.count(")") - url.count("(")
    while url:
        if (entity := TRAILING_ENTITY.search(url[-33:])) is not None:
            url = url[: -len(entity[0])]
        elif url[-1] in TRAILING:
            url = url[:-1]
        elif url[-1] == ")" and unmatched > 0:
            url, unmatched = url[:-1], unmatched - 1
        else:
            break
    return url


def _push(state: StateInline, typed: str, label: str, url: str) -> bool:
    """Add the link; `typed` is the part of `label` that was read as text already."""
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href) or not state.pending.endswith(typed):
        return False
    if typed:
        state.pending = state.pending[: -len(typed)]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "autolink", "auto"
    state.push("text", "", 0).content = state.md.normalizeLinkText(label)
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "autolink", "auto"
    state.pos += len(label) - len(typed)
    return True
