"""The three Markdown parsers: for posts, for visitors and for one line.

Each is built once and shared by all threads: a parser keeps nothing of a text, what belongs
to one text lives in its `env`.
"""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from posts.rendering.autolinks import autolink_plugin
from posts.rendering.blocks import blocks_plugin
from posts.rendering.figures import figures_plugin, render_image_as_link
from posts.rendering.footnotes import footnotes_plugin
from posts.rendering.headings import render_heading_close
from posts.rendering.limits import MAX_NESTING, MAX_PARAGRAPH, MAX_TOKENS, TooMuch, names
from posts.rendering.maths import maths_plugin
from posts.rendering.pictures import WrittenLink
from posts.rendering.rawhtml import raw_html_plugin

# Blocks that may start with a word of a right-to-left script in a left-to-right page.
DIRECTED = names(
    "paragraph_open heading_open list_item_open bullet_list_open ordered_list_open th_open "
    "td_open dt_open dd_open blockquote_open"
)


@cache
def post_parser() -> MarkdownIt:
    """Everything docs/markdown.md describes."""
    md = _base({"html": True, "tasklists": True, "alerts": True})
    md.enable(["table", "strikethrough"])
    for plugin in (autolink_plugin, footnotes_plugin, deflist_plugin, maths_plugin):
        md.use(plugin)
    for plugin in (blocks_plugin, figures_plugin, raw_html_plugin):
        md.use(plugin)
    md.add_render_rule("heading_close", render_heading_close)
    md.core.ruler.push("direction", set_direction)
    return _bounded(md)


@cache
def visitor_parser() -> MarkdownIt:
    """Prose, lists, quotes, tables and code: what a comment needs."""
    md = _base({"html": False})
    md.enable(["table", "strikethrough"])
    md.disable(["heading", "lheading", "html_block", "html_inline"])
    md.use(autolink_plugin)
    md.use(blocks_plugin)
    md.add_render_rule("image", render_image_as_link)
    md.core.ruler.push("direction", set_direction)
    return _bounded(md)


@cache
def inline_parser() -> MarkdownIt:
    """Emphasis, code and links in one line."""
    md = _base({"html": True})
    md.enable("strikethrough")
    md.disable("image")
    md.use(autolink_plugin)
    return _bounded(md)


def _base(options: dict) -> MarkdownIt:
    settings = {"maxNesting": MAX_NESTING, "strikethrough_single_tilde": True}
    md = MarkdownIt("commonmark", settings | options)
    encode = md.normalizeLink
    md.normalizeLink = lambda url: WrittenLink(encode(url), url)
    return md


def _bounded(md: MarkdownIt) -> MarkdownIt:
    """Count the parser's steps against the budget of the text, and bound its paragraphs."""
    md.inline.ruler.before("text", "budget", _spend_inline)
    everywhere = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    md.block.ruler.before("code", "budget", _spend_block, everywhere)
    md.core.ruler.at("inline", parse_inline)
    skip = md.inline.skipToken

    def counted_skip(state) -> None:
        """Looking ahead for a closing bracket costs a step too, even where it was read before."""
        state.env["budget"].step()
        skip(state)

    md.inline.skipToken = counted_skip
    return md


def _spend_inline(state, silent: bool) -> bool:
    state.env["budget"].step()
    return False


def _spend_block(state, start: int, end: int, silent: bool) -> bool:
    state.env["budget"].block_step()
    if len(state.tokens) > MAX_TOKENS:
        raise TooMuch
    return False


def parse_inline(state) -> None:
    """Parse what stands in each block; a paragraph beyond the limit stays plain text."""
    if len(state.tokens) > MAX_TOKENS:
        raise TooMuch
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if len(token.content) > MAX_PARAGRAPH:
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def set_direction(state) -> None:
    """Let each block find its own direction, in texts that hold a right-to-left script."""
    if not state.env.get("rtl"):
        return
    for token in state.tokens:
        if token.type in DIRECTED:
            token.attrSet("dir", "auto")
