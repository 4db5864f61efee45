"""Who is to hear of what happens to a comment."""

from comments.models import Comment


def comment_approved(comment: Comment) -> None:
    """Tell those who wished to hear of new comments here; called in the deciding transaction."""


def comment_waits(comment: Comment) -> None:
    """Tell the moderators that a comment waits; called in the transaction that stores it."""
