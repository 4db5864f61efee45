"""HTML that authors write themselves: a few repairs and one bound before it is sanitised."""

import re
from html import escape

from markdown_it import MarkdownIt

from posts.rendering.limits import MAX_OPEN_TAGS, MAX_RAW_TAGS, TooMuch, names

MORE = re.compile(r"<!--\s{0,20}more\s{0,20}-->", re.IGNORECASE)
# The tags that an HTML parser opens again in every block after one left open.
FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
NAMED_ANCHOR = re.compile(r"(<a\s+)name(\s*=)", re.IGNORECASE)


TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# Every element that HTML has or had. Another name is no tag but text that forgot its
# backticks, such as Vec<String>, and is shown rather than swallowed.
KNOWN = names(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br
    button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
    fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
    img input ins kbd label legend li link main map mark marquee math menclose menu meta meter mfrac mi mn mo mover
    mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover nav
    nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc ruby
    s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td
    template textarea tfoot th thead time title tr track tt u ul var video wbr xmp"""
)


def raw_html_plugin(md: MarkdownIt) -> None:
    md.add_render_rule("html_block", render_raw)
    md.add_render_rule("html_inline", render_inline_raw)


def render_inline_raw(renderer, tokens, index, options, env) -> str:
    """One tag in a line of text."""
    html = tokens[index].content
    name = TAG_NAME.match(html)
    if name and name[1].lower() not in KNOWN:
        return escape(html, quote=False)
    return render_raw(renderer, tokens, index, options, env)


def render_raw(renderer, tokens, index, options, env) -> str:
    """The HTML as typed, or as visible text once too many tags were left open."""
    html = tokens[index].content
    env["raw_tags"] = env.get("raw_tags", 0) + html.count("<")
    if env["raw_tags"] > MAX_RAW_TAGS:
        raise TooMuch
    is_open = env.setdefault("open_tags", {})
    for slash, tag in FORMATTING.findall(html):
        tag = tag.lower()
        is_open[tag] = max(0, is_open.get(tag, 0) + (-1 if slash else 1))
    if sum(is_open.values()) > MAX_OPEN_TAGS:
        return escape(html, quote=False)
    # Old posts mark places with <a name>; HTML now does it with an id.
    return NAMED_ANCHOR.sub(r"\1id\2", html)
