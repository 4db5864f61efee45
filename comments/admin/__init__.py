"""What moderators see of comments in the admin."""

import comments.admin.trash  # noqa: F401  its part of a page of the desk
from comments.admin.decision import DecisionAdmin
from comments.admin.discussion import DiscussionAdmin
from comments.admin.queue import CommentAdmin
from comments.admin.settings import CommentSettingsInline
from comments.admin.standing import StandingAdmin
from posts.admin import SiteSettingsAdmin

SiteSettingsAdmin.inlines.append(CommentSettingsInline)

__all__ = [
    "CommentAdmin",
    "CommentSettingsInline",
    "DecisionAdmin",
    "DiscussionAdmin",
    "StandingAdmin",
]
