"""A process that runs jobs."""

from django.db import models


class Worker(models.Model):
    id = models.CharField(primary_key=True, max_length=32)
    # Where the process id means something; see `processes.place`.
    place = models.CharField(max_length=120, blank=True)
    pid = models.PositiveIntegerField()
    born = models.CharField(max_length=30, blank=True)  # process ids are used again; this is not
    beat_at = models.DateTimeField()  # by the database's clock, which all workers share

    def __str__(self):
        return f"{self.pid} at {self.place}"
