from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountSettings(models.Model):
    """What an administrator may change about accounts; one row."""

    class SignUp(models.TextChoices):
        OPEN = "open", _("everyone")
        INVITED = "invited", _("whoever is invited")
        OFF = "off", _("nobody")

    sign_up = models.CharField(
        _("who may sign up"), max_length=10, choices=SignUp.choices, default=SignUp.OPEN
    )
    staff_needs_second_step = models.BooleanField(
        _("staff need a second step"),
        default=False,
        help_text=_(
            "Whoever may enter the desk must have a passkey or codes from an app. Who has none yet is "
            "asked to set one up at the next sign-in."
        ),
    )

    class Meta:
        verbose_name = _("account settings")
        verbose_name_plural = _("account settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_account_settings")
        ]

    def __str__(self):
        return str(self._meta.verbose_name)

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "AccountSettings":
        """The saved settings, or the defaults on a site that never saved any."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
