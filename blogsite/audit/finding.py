"""Searching the record, which has millions of rows and no index on words."""

from django.contrib.auth import get_user_model
from django.db.models import Max, Q, QuerySet

from blogsite.client import is_address

# Names of things are looked for in so many of the newest events; that is a fraction of a second.
# Older ones are found by a person, a key, an address or a filter, each of which has an index.
SCANNED = 50_000
MOST_PEOPLE = 20


def matching(events: QuerySet, words: str) -> QuerySet:
    """Those of `events` that `words` may mean: an address, a key, a person, the name of a thing."""
    if not words:
        return events
    if is_address(words):
        return events.filter(address=words)
    people = people_called(words)
    found = Q(actor__in=people) | Q(
        target_type=get_user_model()._meta.label_lower, target_id__in=[str(pk) for pk in people]
    )
    if words.isascii() and words.isdecimal():
        return events.filter(found | Q(target_id=words))
    newest = events.model.objects.aggregate(newest=Max("pk"))["newest"] or 0
    named = Q(target_name__icontains=words) | Q(actor_name__icontains=words)
    return events.filter(found | Q(pk__gt=newest - SCANNED) & named)


def people_called(words: str) -> list[int]:
    """Keys of people with such a name or e-mail."""
    named = Q(display_name__icontains=words) | Q(handle__icontains=words)
    people = get_user_model().objects.filter(named | Q(email__iexact=words))
    return list(people.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])
