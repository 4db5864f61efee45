"""The numbers of many tags, series or authors, for queries about these."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from posts.models import Series, Tag, Tally
from posts.tallies.kinds import ROWS

KINDS = {Tag: Tally.Kind.TAG, Series: Tally.Kind.SERIES, get_user_model(): Tally.Kind.AUTHOR}


def with_numbers(groups: QuerySet, now: datetime | None = None) -> QuerySet:
    """`groups` with `post_count` and `newest_at`, both of published posts only."""
    model = groups.model
    return groups.annotate(
        post_count=counted(model) - hidden(model, now), newest_at=newest(model, now)
    )


def newest(model: type, now: datetime | None = None) -> Subquery:
    """The date of the newest published post; None where there is none."""
    published = rows_of(model).published(now=now).order_by("-published_at")
    return Subquery(published.values("published_at")[:1])


def counted(model: type):
    tallies = Tally.objects.filter(kind=KINDS[model], key=OuterRef("pk"), period="")
    total = tallies.values("key").annotate(total=Sum("number")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def hidden(model: type, now: datetime | None):
    """How many of those are scheduled or expired. Of these there are few, and each has an index."""
    return number(rows_of(model).scheduled(now), model) + number(rows_of(model).expired(now), model)


def number(rows: QuerySet, model: type):
    owner = ROWS[KINDS[model]].owner
    found = rows.values(owner).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def rows_of(model: type) -> QuerySet:
    return ROWS[KINDS[model]].of(OuterRef("pk"))
