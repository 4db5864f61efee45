from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Anyone may report anything: what does not fit is counted in one row for all the rest.
MOST_KINDS = 500


class Violation(models.Model):
    """One kind of thing that browsers refused on pages of ours, however often."""

    # Of the four below; those of the row for all the rest are empty.
    key = models.CharField(max_length=64, unique=True, editable=False)
    directive = models.CharField(_("rule"), max_length=60, blank=True)
    blocked = models.CharField(_("what was refused"), max_length=200, blank=True)
    # The pattern of its address and not the address: some hold keys that let somebody in.
    page = models.CharField(_("pages"), max_length=200, blank=True)
    source = models.CharField(_("asked for by"), max_length=200, blank=True)
    count = models.PositiveBigIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        ordering = ["-last_at", "-pk"]
        default_permissions = ["view", "delete"]

    def __str__(self):
        if not self.directive:
            return str(_("Further kinds, of which only the number is kept"))
        return f"{self.directive}: {self.blocked}"

    @classmethod
    def count_one(cls, key: str, **kind: str) -> None:
        """Count one more of the kind, or of all the rest if there are too many kinds already."""
        if cls._count_again(key):
            return
        if cls.objects.count() >= MOST_KINDS:
            key, kind = "", {}
        cls.objects.get_or_create(key=key, defaults=kind)
        cls._count_again(key)

    @classmethod
    def _count_again(cls, key: str) -> int:
        rows = cls.objects.filter(key=key)
        return rows.update(count=F("count") + 1, last_at=timezone.now())
