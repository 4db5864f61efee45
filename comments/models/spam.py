"""What the spam filter has learnt."""

from django.db import models

TOTALS_KEY = 0


class SpamToken(models.Model):
    """In how many good and how many spam comments a token was seen.

    `key` is a hash of the token (`comments.spam.tokens.key_of`): rows stay small, and nobody's
    name or address can be read here. The row 0 holds the number of comments themselves.
    """

    key = models.BigIntegerField(primary_key=True)
    good_count = models.PositiveIntegerField(default=0)
    spam_count = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}: {self.good_count} good, {self.spam_count} spam"
