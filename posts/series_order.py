"""The order of the parts of a series."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from blogsite.audit import recording
from posts.models import Post, Series


def parts_of(series: Series):
    """All parts that are not in the trash, drafts too, in reading order."""
    numbered = F("series_part").asc(nulls_last=True)
    by_date = F("published_at").asc(nulls_last=True)
    return Post.objects.filter(series=series).without_text().order_by(numbered, by_date, "pk")


@transaction.atomic
def renumber(series: Series, keys: Iterable[int], by=None) -> bool:
    """Number the parts 1, 2, 3 in the order of `keys`; whether that changed anything.

    A part that `keys` does not name, because somebody added it meanwhile, follows at the end; what
    is no part any more is passed over. Safe to repeat.
    """
    # Two who sort at once: the second waits, and then has the last word.
    Series.objects.select_for_update().get(pk=series.pk)
    places = {key: place for place, key in enumerate(keys)}
    parts = sorted(parts_of(series), key=lambda part: places.get(part.pk, len(places)))
    changed = []
    for number, part in enumerate(parts, start=1):
        if part.series_part != number:
            part.series_part = number
            changed.append(part)
    Post.objects.bulk_update(changed, ["series_part"], batch_size=200)
    if changed:
        recording.record("posts.series_reordered", series, actor=by, parts=len(changed))
    return bool(changed)
