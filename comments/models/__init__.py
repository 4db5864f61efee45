from comments.models.comment import MODERATE, Comment, Status
from comments.models.decision import Decision
from comments.models.discussion import Discussion
from comments.models.settings import CommentSettings
from comments.models.spam import SpamToken
from comments.models.standing import Standing
from comments.models.subscription import Address, Notice, Subscription

__all__ = [
    "MODERATE",
    "Address",
    "Comment",
    "CommentSettings",
    "Decision",
    "Discussion",
    "Notice",
    "SpamToken",
    "Standing",
    "Status",
    "Subscription",
]
