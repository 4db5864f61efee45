"""A comment's text as HTML: the same for page, preview, feed and mail."""

from posts.rendering import clean_visitor_html, render_visitor


def render_comment(body: str, body_format: str = "markdown") -> str:
    """Safe HTML of `body`; `body_format` is "markdown", or "html" for what was imported."""
    return clean_visitor_html(body) if body_format == "html" else render_visitor(body)
