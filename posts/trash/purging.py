"""Emptying the trash by age: at night where the settings say so, and by a command."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from posts.models import Image, Page, Post, SiteSettings
from posts.models.publication import Publication
from posts.trash.moving import record
from posts.trash.removing import remove

# By the name of the kind: delete what went to the trash longer ago than that, or with True only
# look; how many. Apps above add theirs.
PURGES: dict[str, Callable[[timedelta, bool], int]] = {}


def purge(older_than: timedelta, dry_run: bool = False) -> dict[str, int]:
    """Delete for good what went to the trash longer ago than that; how many of each kind went.

    One at a time, each in a transaction of its own: safe to cut off and to repeat.
    """
    return {name: empty(older_than, dry_run) for name, empty in PURGES.items()}


def purge_by_settings() -> dict[str, int]:
    """The same, as long ago as the site's settings say; nothing where they do not."""
    days = SiteSettings.load().purge_trash_after_days
    return purge(timedelta(days=days)) if days is not None else {}


def purges_rows_of(model: type) -> Callable[[timedelta, bool], int]:
    def empty(older_than: timedelta, dry_run: bool) -> int:
        rows = model.everything.filter(deleted_at__lte=timezone.now() - older_than)
        if dry_run:
            return rows.count()
        # By keys: one that somebody restores meanwhile stays.
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return sum(purge_row(rows, key) for key in keys)

    return empty


def purge_one(thing: Publication | Image) -> bool:
    """Delete what is in the trash for good; False where somebody restored or deleted it by now."""
    return purge_row(type(thing).everything.trashed(), thing.pk)


@transaction.atomic
def purge_row(rows, key: int) -> bool:
    row = rows.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return False
    record("purged", row)  # first, while it has its key
    remove(row)
    return True


PURGES |= {
    "posts": purges_rows_of(Post),
    "pages": purges_rows_of(Page),
    "pictures": purges_rows_of(Image),
}
