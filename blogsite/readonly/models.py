from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Lock(models.Model):
    """There while the site is read-only; at most one row."""

    except_staff = models.BooleanField(_("staff may write"), default=False)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        default_permissions = []
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_lock")]

    def __str__(self):
        return str(self._meta.verbose_name)
