"""A new version of a published post that waits for its time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlannedEdit(models.Model):
    """What a post says from `due_at` on, as a revision would keep it.

    It waits while `applied_at` is empty. `problem` says in a word why its time passed and it is
    still not live; `based_on` is the number of the revision that it was made from.
    """

    class Problem(models.TextChoices):
        CONFLICT = "conflict", _("The post was changed meanwhile at the same places.")

    post = models.ForeignKey("Post", models.CASCADE, related_name="planned_edits")
    body = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    based_on = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(_("goes live at"))
    # Whether readers are told that the post was updated.
    is_update = models.BooleanField(_("tell readers of the change"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)

    class Meta:
        verbose_name = _("scheduled edit")
        verbose_name_plural = _("scheduled edits")
        default_permissions = []
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index("due_at", condition=Q(applied_at=None), name="planned_edit_by_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                "post", condition=Q(applied_at=None), name="planned_edit_one_a_post"
            )
        ]

    def __str__(self):
        return str(self.post)
