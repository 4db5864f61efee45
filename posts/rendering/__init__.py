"""Markdown to HTML: one renderer for page, preview, feed and mail.

Knows no models. markdown-it parses, Pygments colours, and nh3 comes last, so that nothing
unsafe can be added after it. See docs/markdown.md.
"""

from posts.rendering.addresses import absolute_urls
from posts.rendering.pictures import Picture
from posts.rendering.plain import plain_text
from posts.rendering.render import (
    VERSION,
    Rendered,
    clean_visitor_html,
    inline_text,
    render_inline,
    render_post,
    render_visitor,
)

__all__ = [
    "VERSION",
    "Picture",
    "Rendered",
    "absolute_urls",
    "clean_visitor_html",
    "inline_text",
    "plain_text",
    "render_inline",
    "render_post",
    "render_visitor",
]
