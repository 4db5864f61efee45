"""Tags of the public templates about comments."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from blogsite.personal import member_of
from comments.models import CommentSettings
from comments.reading import avatars, counts
from comments.reading.sections import first_section
from comments.writing.openness import why_closed
from posts.templatetags.machine import links_below

register = template.Library()
register.simple_tag(avatars.avatar, name="avatar")


@register.simple_tag
def count_comments(posts) -> str:
    """Give each of `posts` its `comment_count`, with one query for all of them."""
    found = counts.count_comments(posts)
    for post in posts:
        post.comment_count = found.get(post.pk, 0)
    return ""


@register.simple_tag(takes_context=True)
def comment_count(context, post) -> int:
    """The number of comments under the post of this page."""
    return first_section(context["request"], post).count if post.is_published else 0


@register.inclusion_tag("comments/_section.html", takes_context=True)
def comment_section(context, post, section=None) -> dict:
    """The discussion of `post`: by default its beginning, as under the post itself."""
    request = context["request"]
    section = section or first_section(request, post)
    return {
        "request": request,
        "user": context.get("user"),
        "post": post,
        "section": section,
        "author_keys": {author.pk for author in post.author_list},
        "state_address": reverse("comments:state", args=[post.slug]),
        "order_links": order_links(section),
        "whole_address": reverse("comments:discussion", args=[post.slug]),
        "is_open": not why_closed(post, member_of(request), section.rules),
    }


def order_links(section) -> list[dict]:
    """The two orders of the threads, to choose from."""
    return [
        {"label": label, "address": section.address(order=order), "is_now": order == section.order}
        for order, label in CommentSettings.Order.choices
    ]


@register.simple_tag
def comment_address(section, node) -> str:
    """An address of the comment that lasts; a detour only where pages may shift."""
    if section.in_pages:
        return node.comment.get_absolute_url()
    return f"{section.post.get_absolute_url()}#comment-{node.comment.pk}"


@register.simple_tag
def thread_address(section, node) -> str:
    """The pages of the whole thread that begins with `node`."""
    return section.address(thread=node.comment.pk)


@register.simple_tag(takes_context=True)
def comment_feed_links(context, post) -> list[dict[str, str]]:
    """The feeds of the comments under `post`, for the head of its page."""
    title = _("Comments on %(post)s – %(site)s") % {"post": post, "site": context["site"].title}
    return links_below(reverse("comments:discussion", args=[post.slug]), title)
