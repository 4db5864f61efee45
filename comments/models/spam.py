"""What the spam filter has learnt."""

from django.db import models


class SpamToken(models.Model):
    """In how many good and how many spam comments a token was seen.

    The row with the empty token holds the number of comments themselves.
    """

    token = models.CharField(max_length=64, primary_key=True)
    good_count = models.PositiveIntegerField(default=0)
    spam_count = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.token}: {self.good_count} good, {self.spam_count} spam"
