"""Tags of the admin's pages that are about comments."""

from django import template

from blogsite.counting import Tally, tally
from comments.models import Comment, Discussion

register = template.Library()


@register.simple_tag
def comments_waiting() -> Tally:
    """How many comments wait for a moderator."""
    return tally(Comment.objects.pending())


@register.simple_tag
def discussion_of(post) -> Discussion | None:
    return Discussion.objects.filter(pk=post.pk).first()
