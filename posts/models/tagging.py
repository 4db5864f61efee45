"""What leads from a post to its tags and authors: links that know when it is listed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from posts.models.publication import has_status

CONSIDERED = 50  # posts of each tag when others like one are looked for
MOST_TAGS = 20  # of one post; nobody has more in mind


class ListedLinkQuerySet(models.QuerySet):
    """Asks as a post is asked, and reads no post."""

    def published(self, until: datetime | None = None, now: datetime | None = None):
        return self.filter(has_status("published", until=until, now=now, copied=True))

    def scheduled(self, now: datetime | None = None):
        return self.filter(has_status("scheduled", now=now, copied=True))

    def expired(self, now: datetime | None = None):
        return self.filter(has_status("expired", now=now, copied=True))


class ListedLink(models.Model):
    """A link to a post, with a copy of the dates that lists ask for, so that an index has it all.

    Triggers keep the copies, see `posts.tallies`. `published_at` is empty unless the post is dated
    and out of the trash.
    """

    published_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    objects = ListedLinkQuerySet.as_manager()

    class Meta:
        abstract = True


def listed_indexes(column: str) -> list[models.Index]:
    """For links of `column`: their posts by date, and those that expire."""
    name = f"listed_by_{column}"
    return [
        models.Index(
            column,
            "published_at",
            "post",
            "expires_at",
            condition=Q(published_at__isnull=False),
            name=name,
        ),
        models.Index(
            column,
            "expires_at",
            "published_at",
            condition=Q(expires_at__isnull=False),
            name=f"{name}_expiring",
        ),
    ]


class Tagging(ListedLink):
    """One tag of one post."""

    post = models.ForeignKey("Post", models.CASCADE, related_name="taggings")
    tag = models.ForeignKey("Tag", models.CASCADE, related_name="taggings")

    class Meta:
        db_table = "posts_post_tags"  # Django's own name: the table is older than this class
        default_permissions = []
        unique_together = [("post", "tag")]  # likewise
        indexes = listed_indexes("tag")

    def __str__(self):
        return f"{self.post_id}: {self.tag_id}"


def nearest(
    post: int, series: int | None, tags: list[int], most: int, now: datetime | None = None
) -> RawSQL:
    """The keys of the posts that share the most of `tags` with a post, as a query for a filter.

    Django has no way to say "the newest of each tag" in one query that reads no more than these.
    """
    each = [newest_with(tag, now) for tag in tags[:MOST_TAGS]]
    candidates = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS one" for sql, _values in each)  # noqa: S608
    sql = (
        f'SELECT "post_id" FROM ({candidates}) AS candidates WHERE "post_id" <> %s'  # noqa: S608
        ' AND "post_id" NOT IN (SELECT "id" FROM "posts_post"'
        ' WHERE "series_id" = %s AND "deleted_at" IS NULL)'
        ' GROUP BY "post_id" ORDER BY COUNT(*) DESC, MAX("published_at") DESC, "post_id" DESC'
        " LIMIT %s"
    )
    values = [value for _sql, values in each for value in values]
    return RawSQL(sql, [*values, post, series, most])  # noqa: S611 - none of a visitor's


def newest_with(tag: int, now: datetime | None) -> tuple[str, tuple]:
    rows = Tagging.objects.filter(tag=tag).published(now=now).order_by("-published_at", "-post_id")
    return rows.values("post_id", "published_at")[:CONSIDERED].query.sql_with_params()
