"""What somebody is writing and has not saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkingCopy(models.Model):
    """One window in which one person writes one text; both keys empty for a text that is new.

    `fields` holds what the form held when the window last sent it, by the form's own names; None
    while it holds nothing that was not saved. `seen_at` moves with each sign of life of the window.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    kind = models.CharField(max_length=10, choices=[("post", "post"), ("page", "page")])
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="working_copies")
    page = models.ForeignKey("Page", models.CASCADE, null=True, related_name="working_copies")
    window = models.UUIDField(unique=True)  # made by the browser
    based_on = models.PositiveIntegerField(default=0)  # revision_number of the text it began from
    fields = models.JSONField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True)  # when `fields` last changed

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        indexes = [models.Index("seen_at", name="working_copy_by_seen")]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) | Q(page__isnull=True),
                name="working_copy_of_one_text",
            )
        ]

    def __str__(self):
        return str(self.window)
