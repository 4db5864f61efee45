"""The discussion in the structured data of a post."""

from comments.reading.sections import first_section
from comments.reading.trees import Node, walk
from posts.models import Post
from posts.moments import iso
from posts.rendering import plain_text
from posts.structured_data import without_empty

MOST = 20  # comments described; machines that want them all have the feeds
TEXT_LENGTH = 500  # characters of each; the whole text is in the page itself


def discussion(post: Post, page: dict) -> dict:
    """How many comments `post` has, and the first of them; nothing where there are none.

    `page` is the template context of its page.
    """
    if not post.is_published or "request" not in page:
        return {}
    section = first_section(page["request"], post)
    if not section.count:
        return {}
    nodes = [node for node in walk(section.nodes) if not (node.is_stub or node.is_mine)]
    return {
        "commentCount": section.count,
        "comment": [described(node, post) for node in nodes[:MOST]],
    }


def described(node: Node, post: Post) -> dict:
    comment = node.comment
    person = {"@type": "Person", "name": comment.shown_name, "url": comment.author_site}
    return without_empty(
        {
            "@type": "Comment",
            "@id": comment.permalink,
            "url": f"{post.permalink}#comment-{comment.pk}",
            "text": plain_text(comment.body_html)[:TEXT_LENGTH],
            "dateCreated": iso(comment.created_at),
            "dateModified": iso(comment.edited_at),
            "author": without_empty(person),
        }
    )
