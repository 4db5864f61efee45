"""What moderators decided: the audit log, and what makes every decision revocable."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment, Status


class Decision(models.Model):
    """One change of one comment's status."""

    class Via(models.TextChoices):
        """Where it was taken."""

        QUEUE = "queue", _("queue")
        MAIL = "mail", _("link in a mail")
        AUTHOR = "author", _("the comment's author")
        SITE = "site", _("the site itself")

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("comment")
    )
    # Null where the site itself decided, or the person is gone.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    via = models.CharField(_("where"), max_length=10, choices=Via.choices)
    was = models.CharField(_("before"), max_length=10, choices=Status.choices)
    became = models.CharField(_("after"), max_length=10, choices=Status.choices)
    # The comment's own reason before, so that undoing brings that back as well.
    was_reason = models.CharField(max_length=40, blank=True)
    was_reason_detail = models.CharField(max_length=200, blank=True)
    # The same for all that one click decided, so that it is taken back as a whole.
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    # The decision that took this one back.
    undone_by = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        related_name="undoes",
        verbose_name=_("undone"),
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index("made_at", "id", name="decision_by_time"),
            models.Index("batch", "id", name="decision_of_batch"),
        ]

    def __str__(self):
        return f"{self.get_was_display()} → {self.get_became_display()}"
