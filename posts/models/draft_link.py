"""An address under which somebody without a login reads a draft."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECRET_BYTES = 16  # 128 bits: nobody guesses it, and the address still fits into a line


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


class DraftLinkQuerySet(models.QuerySet):
    def open(self):
        """Those that neither ran out nor were withdrawn."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class DraftLink(models.Model):
    """One link to one draft, for one person or group; it shows the draft as it is at the time."""

    post = models.ForeignKey("Post", on_delete=models.CASCADE, related_name="draft_links")
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    label = models.CharField(_("for whom"), max_length=80, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("open until"))
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True)
    opened_count = models.PositiveIntegerField(_("opened"), default=0)
    last_opened_at = models.DateTimeField(_("last opened at"), null=True)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft link")
        verbose_name_plural = _("draft links")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index("expires_at", name="draft_link_by_expiry")]

    def __str__(self):
        return self.label or f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return not self.revoked_at and self.expires_at > timezone.now()
