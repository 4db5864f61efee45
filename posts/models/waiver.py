"""Findings of the linter that somebody let through."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.revision import of_one_text


class Waiver(models.Model):
    """Why one text may be published although the linter found something.

    `findings` are pairs of a rule and of what the finding was about: while they stay the same
    they block the text no more.
    """

    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="waivers")
    page = models.ForeignKey("Page", models.CASCADE, null=True, related_name="waivers")
    findings = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("let through by"),
    )
    waived_at = models.DateTimeField(_("let through at"), default=timezone.now)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-waived_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=of_one_text(), name="waiver_of_one_text"),
        ]

    def __str__(self):
        return self.reason
