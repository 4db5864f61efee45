"""Closing and opening the discussion under a post by hand."""

import logging

from django.db import transaction
from django.utils import timezone

from comments.models import Discussion

logger = logging.getLogger(__name__)


@transaction.atomic
def set_locked(post_ids, locked: bool, by) -> int:
    """Lock or unlock the discussions of these posts; how many were not so already."""
    Discussion.refresh(post_ids)  # which also makes the rows that are missing
    discussions = Discussion.objects.filter(pk__in=post_ids, locked_at__isnull=locked)
    keys = list(discussions.values_list("pk", flat=True))
    Discussion.objects.filter(pk__in=keys).update(locked_at=timezone.now() if locked else None)
    for key in keys:
        verb = "locked" if locked else "unlocked"
        logger.info("discussion of post %s: %s by user %s", key, verb, by.pk)
    return len(keys)
