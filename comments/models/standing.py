"""Who is trusted and who is banned."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Standing(models.Model):
    """A moderator's word on all that somebody writes from now on."""

    class Of(models.TextChoices):
        """What somebody is known by."""

        EMAIL = "email", _("e-mail")
        MEMBER = "member", _("member")
        ADDRESS = "address", _("network address")  # its keyed hash

    class Verdict(models.TextChoices):
        TRUSTED = "trusted", _("trusted")
        BANNED = "banned", _("banned")

    of = models.CharField(_("known by"), max_length=10, choices=Of.choices)
    # An e-mail in lower case, a member's primary key, or an address key.
    value = models.CharField(_("who"), max_length=254)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("trusted or banned person")
        verbose_name_plural = _("trusted and banned people")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint("of", "value", name="standing_once")]
        indexes = [models.Index("made_at", "id", name="standing_by_time")]

    def __str__(self):
        return f"{self.value}: {self.get_verdict_display()}"

    @property
    def audit_name(self) -> str:
        """Its key: an e-mail has no place in the audit log."""
        return f"#{self.pk}"
