"""What the writing page shows of a text while it is written."""

from posts.models import Post
from posts.pictures import find_pictures
from posts.rendering import render_post


def markdownify(source: str) -> str:
    """The HTML that the page of a post with this text would show."""
    return render_post(source, find_pictures).html


def preview(source: str) -> dict:
    """The same, and what is known of it, as JSON.

    `blocks` are pairs of a line (from 1) and whether a heading begins there; each entry of `toc`
    has the `line` of its heading.
    """
    rendered = render_post(source, find_pictures)
    headings = zip(rendered.toc, rendered.lines.headings, strict=True)
    return {
        "html": rendered.html,
        "words": rendered.word_count,
        "minutes": Post(word_count=rendered.word_count).reading_minutes,
        "toc": [entry | {"line": line} for entry, line in headings],
        "blocks": rendered.lines.blocks,
    }
