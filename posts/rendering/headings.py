"""Heading ids: readable, unique, and never one that the page around the post needs."""

import re
import unicodedata
from html import escape, unescape
from itertools import pairwise

from django.utils.translation import gettext as _

from posts.rendering.limits import names

MAX_SLUG = 80
# Ids of the page's frame and names that scripts and forms look up. A heading "Comments"
# would otherwise take the skip link's target, or stand before a form field of that name.
RESERVED = names(
    """account actions archive article author authors banner body breadcrumb breadcrumbs cards comment comments content
    cookie dialog document embed feed filter footer footnotes form forms head header html lightbox location login logo
    logout main member menu meta name nav navigation page pagination parent post posts preview query related reply root
    script search section self series share sidebar skip status subscribe tags theme toc toggle top user
    window q constructor prototype hasownproperty tostring valueof"""
)
RESERVED_PREFIXES = (
    "fn-",
    "fnref-",
    "id_",
    "id-",
    "site-",
    "comment-",
    "js-",
    "__",
    "toc-",
    "wmd-",
)
WORDS = re.compile(r"[^\w\s-]")
GAPS = re.compile(r"[\s_-]+")
EXPLICIT = re.compile(r"\s*\{#([\w.:-]{1,80})\}\s*\Z")
RAW_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^\s"'<>]{1,100})""", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether the page's frame may use this id."""
    name = name.lower()
    return name in RESERVED or name.startswith(RESERVED_PREFIXES) or name.endswith("-label")


def slugify(text: str) -> str:
    """`text` as an id: lower case, letters and digits of any script, single hyphens."""
    text = unicodedata.normalize("NFKC", unescape(text)).lower()
    slug = GAPS.sub("-", WORDS.sub("", text)).strip("-")
    return slug[:MAX_SLUG].strip("-") or "part"


class Ids:
    """Hands out each id once."""

    def __init__(self, taken=()):
        self.taken = set(taken)
        self.next_number = {}  # so that 10,000 headings of one name take 10,000 steps

    def give(self, wanted: str) -> str:
        """`wanted`, or `wanted-2` and so on where it is taken or reserved."""
        if wanted not in self.taken and not is_reserved(wanted):
            self.taken.add(wanted)
            return wanted
        number = self.next_number.get(wanted, 2)
        stem = f"part-{wanted}" if wanted.lower().startswith(RESERVED_PREFIXES) else wanted
        while (candidate := f"{stem}-{number}") in self.taken:
            number += 1
        self.next_number[wanted] = number + 1
        self.taken.add(candidate)
        return candidate


def name_headings(tokens: list) -> list[dict]:
    """Give every heading its id, and return the table of contents."""
    raw = (t.content for t in _all_tokens(tokens) if t.type in ("html_block", "html_inline"))
    ids = Ids(name for html in raw for name in RAW_ID.findall(html))
    contents = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        explicit = _take_explicit_id(inline)
        text = " ".join(plain_inline(inline.children or []).split())
        opening.attrSet("id", ids.give(explicit or slugify(text)))
        if text:
            level = int(opening.tag[1])
            contents.append({"level": level, "id": opening.attrs["id"], "text": text})
    return contents


def render_heading_close(renderer, tokens, index, options, env) -> str:
    """The closing tag with the link to this very place before it."""
    name = tokens[index - 2].attrs.get("id", "")
    if not name or env.get("excerpt"):
        return f"</{tokens[index].tag}>\n"
    label = escape(_("Link to this section"))
    return (
        f' <a class="anchor" href="#{escape(name)}" aria-label="{label}">'
        f'<span aria-hidden="true">#</span></a></{tokens[index].tag}>\n'
    )


def plain_inline(children: list) -> str:
    """The words of inline tokens: no markup, no footnote marks, no image texts."""
    words = []
    for token in children:
        if token.type in ("text", "code_inline", "math_inline"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return "".join(words)


def _take_explicit_id(inline) -> str:
    """`## Title {#name}`, as Hugo and Jekyll write it: the name, taken out of the text."""
    last = inline.children[-1] if inline.children else None
    match = (
        EXPLICIT.search(last.content[-90:]) if last is not None and last.type == "text" else None
    )
    if match is None or is_reserved(match[1]):
        return ""
    last.content = last.content[: len(last.content) - len(match[0])]
    return match[1]


def _all_tokens(tokens: list):
    for token in tokens:
        yield token
        yield from token.children or ()
