"""When each periodic job is due."""

from django.db import models
from django.utils import timezone


class Round(models.Model):
    name = models.CharField(max_length=200, unique=True)  # module and function
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The job of the latest round; a new one waits for its end.
    job = models.UUIDField(null=True)

    def __str__(self):
        return self.name
