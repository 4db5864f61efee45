from django.db import models


class UntoldChange(models.Model):
    """Topics (JSON, a list of texts) that moved while Redis was away; see shared/outbox.py."""

    topics = models.TextField()
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "untold change"
        verbose_name_plural = "untold changes"

    def __str__(self):
        return self.topics
