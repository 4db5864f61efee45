"""Closing and opening the discussion under a post by hand."""

from django.db import transaction
from django.utils import timezone

from blogsite.audit import recording
from comments import topics
from comments.models import Discussion


@transaction.atomic
def set_locked(post_ids, locked: bool, by) -> int:
    """Lock or unlock the discussions of these posts; how many were not so already."""
    Discussion.refresh(post_ids)  # which also makes the rows that are missing
    discussions = Discussion.objects.filter(pk__in=post_ids, locked_at__isnull=locked)
    changing = list(discussions.select_related("post").only("locked_at", "post__title"))
    keys = [discussion.pk for discussion in changing]
    with topics.changing(keys):
        Discussion.objects.filter(pk__in=keys).update(locked_at=timezone.now() if locked else None)
    verb = "comments.discussion_locked" if locked else "comments.discussion_unlocked"
    for discussion in changing:
        recording.record(verb, discussion, actor=by)
    return len(keys)
