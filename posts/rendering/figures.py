"""Paragraphs that are really pictures or embeds."""

from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from posts.rendering.embeds import find_embed, render_embed
from posts.rendering.pictures import render_image


def figures_plugin(md: MarkdownIt) -> None:
    """Turn such paragraphs into one token each, and draw images."""
    md.core.ruler.push("figures", lift_figures)
    md.add_render_rule("figures", render_figures)
    md.add_render_rule("embed", render_embed_token)
    md.add_render_rule("image", render_image_token)


def lift_figures(state) -> None:
    """Replace `p, inline, /p` by a `figures` or `embed` token where nothing else is in it."""
    lifted, tokens, index = [], state.tokens, 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "paragraph_open" and not token.hidden:
            replacement = _lift(tokens[index + 1].children or [], token.level)
            if replacement is not None:
                replacement.map = token.map  # its lines in the Markdown
                lifted.append(replacement)
                index += 3
                continue
        lifted.append(token)
        index += 1
    state.tokens = lifted


def _lift(children: list[Token], level: int) -> Token | None:
    if _is_bare_link(children) and find_embed(children[0].attrs["href"]):
        return Token("embed", "", 0, content=children[0].attrs["href"], level=level, block=True)
    if _are_images(children):
        return Token("figures", "", 0, children=children, level=level, block=True)
    return None


def _is_bare_link(children: list[Token]) -> bool:
    return [t.type for t in children] == ["link_open", "text", "link_close"] and (
        children[0].markup == "autolink"
    )


def _are_images(children: list[Token]) -> bool:
    """Images, each perhaps in a link of its own, with nothing but blanks between."""
    depth = images = 0
    for token in children:
        if token.type == "image":
            images += 1
        elif token.type == "link_open":
            depth += 1
        elif token.type == "link_close":
            depth -= 1
        elif token.type not in ("softbreak", "hardbreak") and (
            token.type != "text" or token.content.strip()
        ):
            return False
    links = sum(token.type == "link_open" for token in children)
    return images > 0 and links <= images


def render_figures(renderer, tokens, index, options, env) -> str:
    if env.get("excerpt"):
        return ""
    figures, parts, caption, linked = [], [], "", False
    for position, token in enumerate(tokens[index].children):
        if token.type == "image":
            caption = token.attrs.get("title", "") or caption
            token.meta["captioned"] = True
            token.meta["linked"] = linked
            parts.append(
                render_image_token(renderer, tokens[index].children, position, options, env)
            )
        elif token.type in ("link_open", "link_close"):
            linked = token.type == "link_open"
            parts.append(renderer.renderToken(tokens[index].children, position, options, env))
        if parts and not linked:
            figures.append(_figure("".join(parts), caption, env))
            parts, caption = [], ""
    return "".join(figures)


def _figure(html: str, caption: str, env: dict) -> str:
    direction = ' dir="auto"' if env.get("rtl") else ""
    shown = f"<figcaption{direction}>{escape(caption)}</figcaption>\n" if caption else ""
    return f'<figure class="image">\n{html}\n{shown}</figure>\n'


def render_embed_token(renderer, tokens, index, options, env) -> str:
    url = tokens[index].content
    return "" if env.get("excerpt") else render_embed(url, find_embed(url))


def render_image_token(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    alt = renderer.renderInlineAsText(token.children, options, env)
    linked = token.meta.get("linked", _inside_link(tokens, index))
    return render_image(token, alt, env, linked=linked)


def render_image_as_link(renderer, tokens, index, options, env) -> str:
    """For visitors: where a picture would be, a link to it."""
    token = tokens[index]
    source = escape(token.attrs["src"])
    words = escape(renderer.renderInlineAsText(token.children, options, env)) or source
    return words if _inside_link(tokens, index) else f'<a href="{source}">{words}</a>'


def _inside_link(tokens, index) -> bool:
    """Whether a link is open at `index`; links do not nest, so the nearest end tells."""
    for token in reversed(tokens[max(0, index - 200) : index]):
        if token.type in ("link_open", "link_close"):
            return token.type == "link_open"
    return False
