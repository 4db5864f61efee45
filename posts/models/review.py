"""What authors and editors said to each other about a draft."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOTE_MAX_LENGTH = 2000  # characters; a note is a letter, and the text itself is beside it


class Review(models.Model):
    """One step of a review: who did what with the draft, and their words. `Post.submitted_at`
    says whether one is going on."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        TAKEN_BACK = "taken_back", _("Taken back from review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")

    post = models.ForeignKey("Post", models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=NOTE_MAX_LENGTH, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = []
        ordering = ["-at", "-pk"]
        indexes = [models.Index("post", "at", name="review_by_post")]

    def __str__(self):
        return str(self.get_kind_display())
