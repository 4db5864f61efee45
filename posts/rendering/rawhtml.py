"""HTML that authors write themselves: a few repairs and one bound before it is sanitised."""

import re
from html import escape

from markdown_it import MarkdownIt

from posts.rendering.limits import MAX_OPEN_TAGS

MORE = re.compile(r"<!--\s{0,20}more\s{0,20}-->", re.IGNORECASE)
# The tags that an HTML parser opens again in every block after one left open.
FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
NAMED_ANCHOR = re.compile(r"(<a\s+)name(\s*=)", re.IGNORECASE)


def raw_html_plugin(md: MarkdownIt) -> None:
    md.add_render_rule("html_block", render_raw)
    md.add_render_rule("html_inline", render_raw)


def render_raw(renderer, tokens, index, options, env) -> str:
    """The HTML as typed, or as visible text once too many tags were left open."""
    html = tokens[index].content
    is_open = env.setdefault("open_tags", {})
    for slash, tag in FORMATTING.findall(html):
        tag = tag.lower()
        is_open[tag] = max(0, is_open.get(tag, 0) + (-1 if slash else 1))
    if sum(is_open.values()) > MAX_OPEN_TAGS:
        return escape(html, quote=False)
    # Old posts mark places with <a name>; HTML now does it with an id.
    return NAMED_ANCHOR.sub(r"\1id\2", html)
