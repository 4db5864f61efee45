"""How many posts carry a tag or belong to a series, for the rows of one page."""

from collections.abc import Collection

from django.db.models import Count, Sum

from posts.models import Post, Series, Tag, Tally

KINDS = {Tag: (Tally.Kind.TAG, "tags"), Series: (Tally.Kind.SERIES, "series")}


def count_living(groups: Collection[Tag | Series]) -> None:
    """Give each of `groups` its number of posts that are not in the trash, as `living`.

    Those with a date are counted already; drafts are few, and counted here. Two queries.
    """
    for model in {type(group) for group in groups}:
        kind, column = KINDS[model]
        same = {group.pk: group for group in groups if type(group) is model}
        tallies = Tally.objects.filter(kind=kind, key__in=same, period="")
        dated = dict(tallies.values("key").values_list("key", Sum("number")))
        # From the side of the drafts: a tag may be that of a hundred thousand posts.
        rows = Post.objects.drafts().order_by().values(column).annotate(number=Count("pk"))
        drafts = dict(rows.values_list(column, "number"))
        for key, group in same.items():
            group.living = dated.get(key, 0) + drafts.get(key, 0)
