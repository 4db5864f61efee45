"""What leads from a post to its tags and authors: links that know when it is listed."""

from django.db import models
from django.db.models import Q

from posts.models.publication import has_status


class ListedLinkQuerySet(models.QuerySet):
    """Asks as a post is asked, and reads no post."""

    def published(self):
        return self.filter(has_status("published", copied=True))

    def scheduled(self):
        return self.filter(has_status("scheduled", copied=True))

    def expired(self):
        return self.filter(has_status("expired", copied=True))


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
