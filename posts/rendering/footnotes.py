"""Footnotes: how they are numbered, labelled and linked both ways."""

import re
from html import escape

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

# The plugin searches the whole paragraph for the closing bracket of each `[^`.
REFERENCE = re.compile(r"\[\^[^\s\]]{1,100}\]")


def footnotes_plugin(md: MarkdownIt) -> None:
    """The plugin's rules with a bounded search, and our markup."""
    md.use(footnote_plugin, inline=False)
    md.inline.ruler.at("footnote_ref", bounded_reference)
    md.add_render_rule("footnote_ref", render_reference)
    md.add_render_rule("footnote_anchor", render_back_link)
    md.add_render_rule("footnote_block_open", render_list_open)
    md.add_render_rule("footnote_open", render_note_open)


def bounded_reference(state: StateInline, silent: bool) -> bool:
    if REFERENCE.match(state.src, state.pos, state.posMax) is None:
        return False
    return footnote_ref(state, silent)


def render_reference(renderer, tokens, index, options, env) -> str:
    if env.get("excerpt"):
        return ""
    number = tokens[index].meta["id"] + 1
    label = escape(_("Footnote %(number)d") % {"number": number})
    return (
        f'<sup class="footnote-ref"><a id="{_mark_id(tokens[index])}" href="#fn-{number}" '
        f'role="doc-noteref" aria-label="{label}">{number}</a></sup>'
    )


def render_back_link(renderer, tokens, index, options, env) -> str:
    label = escape(_("Back to text"))
    times = tokens[index].meta["subId"] + 1
    if times > 1:
        label = escape(_("Back to text (%(times)d)") % {"times": times})
    # U+FE0E keeps the arrow from being drawn as an emoji.
    return (
        f' <a class="footnote-back" href="#{_mark_id(tokens[index])}" role="doc-backlink" '
        f'aria-label="{label}">↩\ufe0e</a>'
    )


def render_list_open(renderer, tokens, index, options, env) -> str:
    label = escape(_("Footnotes"))
    return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}">\n<ol>\n'


def render_note_open(renderer, tokens, index, options, env) -> str:
    return f'<li id="fn-{tokens[index].meta["id"] + 1}" class="footnote">'


def _mark_id(token) -> str:
    """Where the text mentions a note: `fnref-1`, and `fnref-1-2` for its second time."""
    number, again = token.meta["id"] + 1, token.meta["subId"]
    return f"fnref-{number}" if not again else f"fnref-{number}-{again + 1}"
