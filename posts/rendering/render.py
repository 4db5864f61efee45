"""The three ways to render: a post, what a visitor wrote, and a single line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from markdown_it import MarkdownIt

from posts.rendering import sanitise
from posts.rendering.excerpt import first_paragraph_tokens, tokens_before_more
from posts.rendering.headings import name_headings
from posts.rendering.limits import (
    MAX_INLINE,
    MAX_POST,
    MAX_VISITOR,
    Budget,
    TooMuch,
    tidy,
    unrendered,
)
from posts.rendering.lines import SourceLines, source_lines
from posts.rendering.parser import inline_parser, post_parser, visitor_parser
from posts.rendering.pictures import Picture, is_loadable, raw_sources, written_source
from posts.rendering.plain import (
    count_plain_words,
    count_words,
    find_links,
    first_paragraph,
    plain_text,
)

# Raise when the same Markdown gives other output, so that stored HTML can be found and renewed.
VERSION = 1

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Controls that reverse or hide what follows; a comment must not reach into the next one.
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

FindPictures = Callable[[list[str]], dict[str, Picture]]


@dataclass(frozen=True)
class Rendered:
    """A post's HTML and everything else that is computed from its Markdown."""

    html: str
    toc: list[dict] = field(default_factory=list)
    text: str = ""
    word_count: int = 0
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    image_alts: dict[str, str] = field(default_factory=dict)  # by address, where Markdown gives one
    excerpt_html: str = ""
    lines: SourceLines = field(default_factory=SourceLines)


def render_post(source: str, find_pictures: FindPictures | None = None) -> Rendered:
    """Render an author's Markdown.

    `find_pictures` gets every image address as typed, in one call, and answers with those
    that the site holds. A text over the limits comes back as visible plain text.
    """
    source = tidy(source)
    if len(source) > MAX_POST:
        return _refused(source)
    try:
        return _render_post(source, find_pictures)
    except (TooMuch, RecursionError):
        return _refused(source)


def render_visitor(source: str) -> str:
    """Render what a visitor wrote: no headings, no HTML, no images, links marked as theirs."""
    source = BIDI_CONTROLS.sub("", tidy(source))
    if len(source) > MAX_VISITOR:
        return unrendered(source)
    try:
        html = visitor_parser().render(source, _env(source) | {"narrow": True})
    except (TooMuch, RecursionError):
        return unrendered(source)
    return sanitise.VISITOR.clean(html)


def clean_visitor_html(html: str) -> str:
    """The HTML of a comment that came from another system, with what `render_visitor` allows."""
    return sanitise.VISITOR.clean(BIDI_CONTROLS.sub("", tidy(html)))


def render_inline(source: str) -> str:
    """Render one line, such as a summary: emphasis, code and links, no blocks."""
    source = " ".join(tidy(source).split())[:MAX_INLINE]
    try:
        html = inline_parser().renderInline(source, _env(source))
    except (TooMuch, RecursionError):
        html = escape(source, quote=False)
    return sanitise.INLINE.clean(html)


def inline_text(source: str) -> str:
    """The words of one line, such as a tag's description, without their markup."""
    return plain_text(render_inline(source))


def _render_post(source: str, find_pictures: FindPictures | None) -> Rendered:
    md, env = post_parser(), _env(source)
    tokens = md.parse(source, env)
    contents = name_headings(tokens)
    lines = source_lines(tokens, contents)
    images = _image_sources(tokens)
    env["pictures"] = find_pictures(images) if find_pictures and images else {}
    excerpt = _excerpt(tokens_before_more(tokens), source)
    excerpt = excerpt or _excerpt(first_paragraph_tokens(tokens), source)
    html = sanitise.POST.clean(md.renderer.render(tokens, md.options, env))
    return Rendered(
        html=html,
        toc=contents,
        text=plain_text(html),
        word_count=count_words(html),
        links=find_links(html),
        images=images,
        image_alts=_image_alts(md, tokens),
        excerpt_html=excerpt or sanitise.EXCERPT.clean(first_paragraph(html)),
        lines=lines,
    )


def _env(source: str) -> dict:
    """What belongs to one text while it is rendered."""
    return {"budget": Budget(), "rtl": RIGHT_TO_LEFT.search(source) is not None}


def _excerpt(tokens: list, source: str) -> str:
    """The tokens as a card shows them, or an empty string where no words are left."""
    md = post_parser()
    drawn = md.renderer.render(tokens, md.options, _env(source) | {"excerpt": True})
    html = sanitise.EXCERPT.clean(drawn).strip()
    return html if plain_text(html) else ""


def _image_sources(tokens: list) -> list[str]:
    """Every image address as typed, Markdown's and raw HTML's, in order, once each."""
    found = []
    for token in tokens:
        for each in (token, *(token.children or ())):
            if each.type == "image":
                found.append(written_source(each))
            elif each.type in ("html_block", "html_inline"):
                found.extend(raw_sources(each.content))
    return [source for source in dict.fromkeys(found) if is_loadable(source)]


def _image_alts(md: MarkdownIt, tokens: list) -> dict[str, str]:
    """What the text says each picture shows; the first mention of a picture counts."""
    alts = {}
    for token in tokens:
        for image in token.children or ():
            if image.type == "image" and image.content:
                alt = md.renderer.renderInlineAsText(image.children, md.options, {})
                alts.setdefault(written_source(image), alt)
    return alts


def _refused(source: str) -> Rendered:
    return Rendered(html=unrendered(source), text=source, word_count=count_plain_words(source))
