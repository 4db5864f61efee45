"""When the clock alone will next change what readers see."""

from datetime import datetime

from django.apps import apps
from django.utils import timezone

from blogsite import pagecache

TEXTS = ["posts.Post", "posts.Page"]


@pagecache.remembered
def next_due() -> datetime | None:
    """When the next scheduled text appears, or a published one expires; None for never.

    Whoever asks for what is published now asks this first: asked afterwards, it could name the
    moment after one that had passed in between.
    """
    now = timezone.now()
    moments = [
        moment
        for name in TEXTS
        for column in ["published_at", "expires_at"]
        for moment in _first_after(now, apps.get_model(name), column)
    ]
    due = min(moments, default=None)
    pagecache.until(due)
    return due


def _first_after(now: datetime, model, column: str) -> list[datetime]:
    """At most one."""
    living = model.everything.filter(**{"deleted_at": None, f"{column}__gt": now})
    return list(living.order_by(column).values_list(column, flat=True)[:1])
