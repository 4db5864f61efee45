from django.db import models


class Tally(models.Model):
    """How often something was tried lately; see accounts.throttling.

    In the database and not in a cache: a restart forgets nothing, and all processes count together.
    """

    # A keyed hash of what was tried, and of whose network or address; nothing in clear.
    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    # Once `count` has reached its limit: the moment of the next try.
    until = models.DateTimeField()
    # From then on it is as if nothing had been tried.
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = "tally"
        verbose_name_plural = "tallies"
        default_permissions = []
        indexes = [models.Index("ends_at", name="tally_by_end")]

    def __str__(self):
        return f"{self.key[:8]}: {self.count}"
