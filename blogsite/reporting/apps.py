from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Violations of the content policy."""

    name = "blogsite.reporting"
    label = "reporting"
    verbose_name = _("Reports by browsers")
