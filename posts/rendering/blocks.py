"""Callouts, tables, task lists and code: how their tokens are drawn."""

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll

from posts.rendering.code import render_code
from posts.rendering.fences import Fence, read_info
from posts.rendering.maths import block_math

CALLOUTS = {
    "NOTE": gettext_lazy("Note"),
    "TIP": gettext_lazy("Tip"),
    "IMPORTANT": gettext_lazy("Important"),
    "WARNING": gettext_lazy("Warning"),
    "CAUTION": gettext_lazy("Caution"),
}
ALIGNMENTS = {
    "text-align:left": "align-start",
    "text-align:center": "align-center",
    "text-align:right": "align-end",
}


def blocks_plugin(md: MarkdownIt) -> None:
    """Our markup for what the parser knows by itself."""
    md.add_render_rule("alert_open", render_callout_open)
    md.core.ruler.push("callout_titles", drop_parser_titles)
    md.add_render_rule("alert_close", lambda *_: "</aside>\n")
    md.add_render_rule("table_open", render_table_open)
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")
    md.add_render_rule("th_open", render_cell)
    md.add_render_rule("td_open", render_cell)
    md.add_render_rule("bullet_list_open", render_list_open)
    md.add_render_rule("ordered_list_open", render_list_open)
    md.add_render_rule("list_item_open", render_list_item)
    md.add_render_rule("s_open", lambda *_: "<del>")
    md.add_render_rule("s_close", lambda *_: "</del>")
    md.add_render_rule("fence", render_fence)
    md.add_render_rule("code_block", render_code_block)


def drop_parser_titles(state) -> None:
    """Take out the three tokens of each English title; ours is translated."""
    if any(token.type == "alert_title_open" for token in state.tokens):
        titles = {i for i, t in enumerate(state.tokens) if t.type == "alert_title_open"}
        state.tokens = [t for i, t in enumerate(state.tokens) if not titles & {i, i - 1, i - 2}]


def render_callout_open(renderer, tokens, index, options, env) -> str:
    kind = tokens[index].info
    return (
        f'<aside class="callout callout-{kind.lower()}" role="note">'
        f'<p class="callout-title">{escape(str(CALLOUTS[kind]))}</p>\n'
    )


def render_table_open(renderer, tokens, index, options, env) -> str:
    label = escape(_("Table"))
    return f'<div class="table-scroll" tabindex="0" role="group" aria-label="{label}"><table>\n'


def render_cell(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    alignment = ALIGNMENTS.get(token.attrs.pop("style", ""))
    if alignment:
        token.attrSet("class", alignment)
    return renderer.renderToken(tokens, index, options, env)


def render_list_open(renderer, tokens, index, options, env) -> str:
    if tokens[index].attrs.get("class") == "contains-task-list":
        tokens[index].attrSet("class", "task-list")
    return renderer.renderToken(tokens, index, options, env)


def render_list_item(renderer, tokens, index, options, env) -> str:
    """A task's box is named by its state, because its words follow it anyway."""
    token = tokens[index]
    if "checked" not in token.meta:
        return renderer.renderToken(tokens, index, options, env)
    checked = token.meta["checked"]
    token.attrSet("class", "task")
    label = escape(_("Done") if checked else _("To do"))
    box = f'<input type="checkbox" disabled{" checked" if checked else ""} aria-label="{label}"> '
    return renderer.renderToken(tokens, index, options, env) + box


def render_fence(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    fence = read_info(unescapeAll(token.info))
    if env.get("narrow"):
        fence = Fence(language=fence.language)
    elif fence.language == "math":
        return block_math(token.content.strip(), env)
    return render_code(token.content, fence, env)


def render_code_block(renderer, tokens, index, options, env) -> str:
    return render_code(tokens[index].content, Fence(), env)
