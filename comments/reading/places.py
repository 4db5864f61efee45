"""Where a comment is to be read: the page of its discussion, and its anchor there."""

from django.db.models import Q

from comments.models import Comment, CommentSettings
from comments.reading.threads import (
    ANSWERS_SHOWN,
    THREAD_PAGE,
    THREADS_PER_PAGE,
    Section,
    answers_in,
    shown_threads,
)


def address_of(comment: Comment) -> str:
    """The path of the page that shows `comment`, with its anchor.

    A comment that waits is shown below what it answers, and else on the first page.
    """
    seen = comment
    if not comment.is_approved:
        seen = comment.parent if comment.parent_id and comment.parent.is_approved else None
    return f"{page_of(seen) if seen else comment.post.get_absolute_url()}#comment-{comment.pk}"


def page_of(comment: Comment) -> str:
    """The path of the page that shows an approved comment."""
    section = Section(comment.post)
    if not section.in_pages:
        return comment.post.get_absolute_url()
    if comment.thread_id:
        place = answers_in(comment.thread_id).filter(pk__lt=comment.pk).count()
        if place >= ANSWERS_SHOWN:
            return section.address(place // THREAD_PAGE + 1, thread=comment.thread_id)
    number = threads_before(comment.thread or comment, section.order) // THREADS_PER_PAGE + 1
    return section.address(number) if number > 1 else comment.post.get_absolute_url()


def threads_before(first: Comment, order: str) -> int:
    """How many threads stand before the one that begins with `first`."""
    way = "gt" if order == CommentSettings.Order.NEWEST else "lt"
    same_moment = Q(created_at=first.created_at, **{f"pk__{way}": first.pk})
    before = Q(**{f"created_at__{way}": first.created_at}) | same_moment
    return shown_threads(first.post, order).filter(before).count()
