from posts.pictures import find_pictures
from posts.rendering import render_post


def markdownify(source: str) -> str:
    """The HTML that the page of a post with this text would show."""
    return render_post(source, find_pictures).html
