"""What the public templates call about comments."""

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blogsite.addresses import address
from blogsite.personal import member_of
from comments.models import CommentSettings
from comments.reading import counts
from comments.reading.sections import first_section
from comments.templatetags.comment_form import comment_form
from comments.writing.openness import why_closed
from posts.templatetags.machine import links_below


def count_comments(posts) -> str:
    """Give each of `posts` its `comment_count`, with one query for all of them."""
    found = counts.count_comments(posts)
    for post in posts:
        post.comment_count = found.get(post.pk, 0)
    return ""


def comment_count(request, post) -> int:
    """The number of comments under the post of this page."""
    return first_section(request, post).count if post.is_published else 0


def comment_section(request, post, section=None) -> SafeString:
    """The discussion of `post`: by default its beginning, as under the post itself."""
    section = section or first_section(request, post)
    context = {
        "request": request,
        "post": post,
        "section": section,
        "author_keys": {author.pk for author in post.author_list},
        "state_address": address("comments:state", post.slug),
        "order_links": order_links(section),
        "is_open": not why_closed(post, member_of(request), section.rules),
        "form": comment_form(request, post, section.rules),
    }
    return SafeString(get_template("comments/_section.jinja").template.render(context))


def order_links(section) -> list[dict]:
    """The two orders of the threads, to choose from."""
    return [
        {"label": label, "address": section.address(order=order), "is_now": order == section.order}
        for order, label in CommentSettings.Order.choices
    ]


def comment_address(section, node) -> str:
    """An address of the comment that lasts; a detour only where pages may shift."""
    if section.in_pages:
        return node.comment.get_absolute_url()
    return f"{section.post.get_absolute_url()}#comment-{node.comment.pk}"


def thread_address(section, node) -> str:
    """The pages of the whole thread that begins with `node`."""
    return section.address(thread=node.comment.pk)


def comment_feed_links(post, site_title: str) -> list[dict[str, str]]:
    """The feeds of the comments under `post`, for the head of its page."""
    title = _("Comments on %(post)s – %(site)s") % {"post": post, "site": site_title}
    return links_below(address("comments:discussion", post.slug), title)
