"""Whether a post takes comments, and in plain words why not."""

from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from blogsite import pagecache
from comments import topics
from comments.models import CommentSettings
from posts.models import Post


def why_closed(post: Post, member: User | None, rules: CommentSettings) -> str:
    """A sentence for `member`, or for a guest where that is None; empty where they may write."""
    if post.status == "trashed":
        return _("This post was removed, so it takes no comments.")
    if post.is_gone:
        return _("This post is not public any more, so it takes no comments.")
    if post.status != "published":
        return _("This post is not published yet. Comments open when it is.")
    if not post.comments_open:
        return _("Comments under this post are closed.")
    if is_locked(post):
        return _("The discussion under this post is locked: it takes no new comments.")
    if is_past(post, rules.closing_days):
        return _("Comments here are closed: the post takes none so long after its publication.")
    if needs_account(member, rules):
        return _("Only members may comment here. Sign in first, then write.")
    return ""


def needs_account(member: User | None, rules: CommentSettings) -> bool:
    """Whether it would help a guest to sign in."""
    return member is None and rules.policy == CommentSettings.Policy.MEMBERS


def is_locked(post: Post) -> bool:
    try:
        with topics.reading([post.pk]):
            return post.discussion.locked_at is not None
    except ObjectDoesNotExist:  # no comment yet
        return False


def is_past(post: Post, closing_days: int) -> bool:
    """Whether the days after publication are over; 0 days are for ever."""
    if not closing_days:
        return False
    last = post.published_at + timedelta(days=closing_days)
    is_over = timezone.now() >= last
    if not is_over:
        pagecache.until(last)
    return is_over
