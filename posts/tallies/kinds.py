"""The things whose posts are counted, and the rows that know which posts are theirs."""

from typing import NamedTuple

from django.db.models import QuerySet

from posts.models import Byline, Post, Tagging, Tally


class Rows(NamedTuple):
    """Rows that have the dates of a post: itself, or a link to it.

    `owner` is the column that says whose post it is, None for the site; `post` holds its key.
    """

    rows: QuerySet
    owner: str | None
    post: str

    def of(self, key) -> QuerySet:
        return self.rows.filter(**{self.owner: key}) if self.owner else self.rows.all()


ROWS = {
    Tally.Kind.SITE: Rows(Post.objects.order_by(), None, "pk"),
    Tally.Kind.SERIES: Rows(Post.objects.order_by(), "series", "pk"),
    Tally.Kind.TAG: Rows(Tagging.objects.order_by(), "tag", "post_id"),
    Tally.Kind.AUTHOR: Rows(Byline.objects.order_by(), "user", "post_id"),
}
