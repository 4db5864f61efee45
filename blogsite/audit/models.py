from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that somebody did. Rows are added, never changed; see `blogsite.audit.record`."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    # What was done, as `accounts.signed_in`: the app, and a verb in the past.
    verb = models.CharField(_("what"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        db_constraint=False,
        related_name="+",
    )
    # As they were called then; a command or a job has no person behind it, only its own name.
    actor_name = models.CharField(_("called"), max_length=200, blank=True)
    # What it was done to, as `posts.post` and its key; it may be long gone.
    target_type = models.CharField(_("kind"), max_length=100, blank=True)
    target_id = models.CharField(_("key"), max_length=64, blank=True)
    target_name = models.CharField(_("to what"), max_length=200, blank=True)
    # Facts about it: names of fields, old and new values of powers; never what people wrote,
    # never a secret.
    details = models.JSONField(_("details"), default=dict, blank=True)
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    device = models.CharField(_("browser"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        indexes = [
            models.Index("at", name="event_by_time"),
            models.Index("actor", "at", name="event_by_actor"),
            models.Index("target_type", "target_id", "at", name="event_by_target"),
            models.Index("verb", "at", name="event_by_verb"),
        ]

    def __str__(self):
        return f"{self.verb} {self.target_name}".strip()
