"""The comments' part in emptying the trash."""

from datetime import timedelta

from django.utils import timezone

from comments import forgetting
from posts.trash.purging import PURGES


def empty(older_than: timedelta, dry_run: bool) -> int:
    """Purge spam and removed comments, or only count them; see `forgetting.purge`."""
    if dry_run:
        return forgetting.hidden_since(timezone.now() - older_than).exclude(body="").count()
    return forgetting.purge(older_than)


PURGES["comments"] = empty
