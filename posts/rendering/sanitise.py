"""What may leave the renderer: lists of tags, attributes, classes and schemes.

nh3 parses like a browser and writes well-formed HTML, so later steps may trust its shape.
"""

import re

import nh3
from pygments.token import STANDARD_TYPES

from posts.rendering.embeds import PLAYERS
from posts.rendering.headings import RESERVED
from posts.rendering.limits import names
from posts.rendering.pictures import LOADABLE

SCHEMES = {"http", "https", "irc", "ircs", "mailto", "sms", "tel", "xmpp"}
DROPPED_WITH_CONTENT = {
    "applet", "frameset", "iframe", "noembed", "noframes", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "title", "xmp",
}  # fmt: skip
INLINE_TAGS = names(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
BLOCK_TAGS = names(
    """aside audio blockquote caption center col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5
    h6 hr img input li ol p picture pre rp rt ruby section source summary table tbody td tfoot th
    thead tr ul video"""
)
MATH_TAGS = names(
    """math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover mmultiscripts mprescripts none"""
)
VISITOR_TAGS = names(
    """a blockquote br code del div em figure hr li ol p pre s span strong table tbody td th thead
    tr ul"""
)
MATH_ATTRIBUTES = names(
    """accent accentunder align columnalign columnlines columnspacing depth display displaystyle
    fence form frame height largeop linebreak linethickness lspace mathbackground mathcolor mathsize
    mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel
    separator side stretchy symmetric voffset width columnspan rowspan"""
)
TAG_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel", "role", "aria-label", "data-enlarge"},
    "abbr": {"title"},
    "aside": {"role"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"tabindex", "role", "aria-label"},
    "figure": {"data-code", "data-embed", "data-label", "data-lang", "data-provider"},
    "img": {"alt", "decoding", "fetchpriority", "height", "loading", "src", "width"},
    "input": {"aria-label", "checked", "disabled", "type"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "math": {"alttext", "display"},
    "ol": {"reversed", "start", "type"},
    "pre": {"tabindex", "role", "aria-label"},
    "q": {"cite"},
    "section": {"role", "aria-label"},
    "source": {"sizes", "src", "srcset", "type"},
    "span": {"aria-hidden", "data-line"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"},
}  # fmt: skip
CLASSES = names(
    """align-center align-end align-start anchor callout callout-caution callout-important
    callout-note callout-tip callout-title callout-warning code code-diff code-numbered code-title
    del embed embed-note enlarge footnote footnote-back footnote-ref footnotes hl image ins line
    math-block math-error sign table-scroll task task-list unrendered unrendered-note"""
) | frozenset(name for name in STANDARD_TYPES.values() if name)
LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]{1,40}\Z")
ROLES = {"note", "group", "doc-noteref", "doc-endnotes", "doc-backlink"}
NAME = re.compile(r"[\w.:-]{1,120}\Z")
COLOUR = re.compile(r"#?[0-9A-Za-z]{1,30}\Z")
LINE_NUMBER = re.compile(r"\d{1,9}\Z")
REL = {
    "author",
    "external",
    "license",
    "me",
    "nofollow",
    "noopener",
    "noreferrer",
    "sponsored",
    "tag",
    "ugc",
}


def _keep_classes(value: str) -> str | None:
    if value in CLASSES:  # one known class, as each of a thousand spans of code has
        return value
    kept = [name for name in value.split() if name in CLASSES or LANGUAGE_CLASS.match(name)]
    return " ".join(kept) or None


def _keep_id(value: str) -> str | None:
    is_page_frame = value.lower() in RESERVED or value.startswith("__") or value.endswith("-label")
    return value if NAME.match(value) and not is_page_frame else None


def _keep_srcset(value: str) -> str | None:
    return value if all(LOADABLE.match(part.strip()) for part in value.split(",")) else None


def _keep_loadable(value: str) -> str | None:
    return value if LOADABLE.match(value.strip()) else None


CHECKS = {
    "class": _keep_classes,
    "id": _keep_id,
    "srcset": _keep_srcset,
    "poster": _keep_loadable,
    "cite": _keep_loadable,
    "role": lambda value: value if value in ROLES else None,
    "tabindex": lambda value: "0" if value == "0" else None,
    "dir": lambda value: value if value in ("ltr", "rtl", "auto") else None,
    "rel": lambda value: " ".join(w for w in value.lower().split() if w in REL) or None,
    "data-embed": lambda value: value if PLAYERS.match(value) else None,
    "data-line": lambda value: value if LINE_NUMBER.match(value) else None,
    "aria-hidden": lambda value: value if value == "true" else None,
    "mathcolor": lambda value: value if COLOUR.match(value) else None,
    "mathbackground": lambda value: value if COLOUR.match(value) else None,
}


def check_attribute(tag: str, name: str, value: str) -> str | None:
    """The value that may stay, or None; runs for each attribute that the lists let through."""
    if name == "src" and tag in ("img", "source", "video", "audio"):
        return _keep_loadable(value)
    check = CHECKS.get(name)
    return check(value) if check else value


def _cleaner(tags: frozenset[str], **options) -> nh3.Cleaner:
    attributes = {tag: names for tag, names in TAG_ATTRIBUTES.items() if tag in tags or tag == "*"}
    attributes |= {tag: MATH_ATTRIBUTES | attributes.get(tag, set()) for tag in MATH_TAGS & tags}
    return nh3.Cleaner(
        tags=tags,
        attributes=options.pop("attributes", attributes),
        attribute_filter=options.pop("attribute_filter", check_attribute),
        clean_content_tags=DROPPED_WITH_CONTENT,
        url_schemes=options.pop("url_schemes", SCHEMES),
        link_rel=options.pop("link_rel", None),
        **options,
    )


# A box that a reader could type into has no place in a text: every input is a fixed check mark.
CHECK_MARK = {"input": {"type": "checkbox", "disabled": ""}}
POST = _cleaner(INLINE_TAGS | BLOCK_TAGS | MATH_TAGS, set_tag_attribute_values=CHECK_MARK)
EXCERPT_TAGS = (INLINE_TAGS | BLOCK_TAGS | MATH_TAGS) - {
    "img",
    "picture",
    "source",
    "video",
    "audio",
}
EXCERPT = _cleaner(
    EXCERPT_TAGS,
    set_tag_attribute_values=CHECK_MARK,
    attribute_filter=lambda tag, name, value: (
        None if name == "id" else check_attribute(tag, name, value)
    ),
)
VISITOR = _cleaner(
    VISITOR_TAGS,
    attributes={
        "*": {"class", "dir"},
        "a": {"href", "title"},
        "div": {"tabindex", "role", "aria-label"},
        "figure": {"data-code", "data-lang"},
        "ol": {"start"},
        "pre": {"tabindex", "role", "aria-label"},
    },
    link_rel="ugc nofollow noopener",
    url_schemes={"http", "https", "mailto"},
)
INLINE = _cleaner(
    INLINE_TAGS, attributes={"a": {"href", "title"}, "abbr": {"title"}, "time": {"datetime"}}
)
