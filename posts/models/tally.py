"""How many posts there are, counted while they change and not while somebody waits."""

from django.db import models


class Tally(models.Model):
    """How many dated posts that are not in the trash there are of one thing, in one period.

    It is the sum of all rows of that thing and period: PostgreSQL has several where several
    transactions counted at once.
    Scheduled and expired ones are counted with the rest: the clock alone makes them so.
    `posts.tallies` keeps the rows by triggers, and knows how to read them.
    """

    class Kind(models.TextChoices):
        SITE = "site", "site"  # all of them; the key is 0
        TAG = "tag", "tag"
        AUTHOR = "author", "author"
        SERIES = "series", "series"

    kind = models.CharField(max_length=6, choices=Kind)
    key = models.BigIntegerField()
    # "2026-11", "d20261123" for a day, so that the months lie together, and "" for all.
    period = models.CharField(max_length=10, blank=True)
    number = models.IntegerField(default=0)

    class Meta:
        default_permissions = []
        indexes = [models.Index("kind", "key", "period", name="tally_of")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.period}: {self.number}"
