"""Tags of the admin's pages that are about comments."""

from django import template

from comments.models import Comment, Discussion

register = template.Library()


@register.simple_tag
def comments_waiting() -> int:
    """How many comments wait for a moderator."""
    return Comment.objects.pending().count()


@register.simple_tag
def discussion_of(post) -> Discussion | None:
    return Discussion.objects.filter(pk=post.pk).first()
