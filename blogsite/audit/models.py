from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

WRITTEN_ONCE = "An event is written once; only blogsite/audit/forgetting.py takes things out."


class EventQuerySet(models.QuerySet):
    """Rows to read."""

    def update(self, **values):
        raise TypeError(WRITTEN_ONCE)

    def delete(self):
        raise TypeError(WRITTEN_ONCE)

    delete.alters_data = update.alters_data = True


class Event(models.Model):
    """One thing that somebody did. Rows are added, never changed; see `recording.record`."""

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

    objects = EventQuerySet.as_manager()
    # For blogsite/audit/forgetting.py alone.
    forgettable = models.Manager()

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
            models.Index("address", "at", name="event_by_address"),
        ]

    def __str__(self):
        who = self.actor_name or gettext("Somebody")
        return verbs.sentence(self.verb, who, self.what).strip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(WRITTEN_ONCE)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(WRITTEN_ONCE)

    @property
    def what(self) -> str:
        """The kind and the name of what it was done to, or nothing."""
        if not self.target_type:
            return ""
        named = f"“{self.target_name}”" if self.target_name else self.target_id
        return f"{self.kind} {named}".strip()

    @property
    def kind(self) -> str:
        """What its kind is called; the name of a kind that is no more is shown as stored."""
        try:
            return str(apps.get_model(self.target_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.target_type
