from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The record of what people did to the site."""

    name = "blogsite.audit"
    label = "audit"
    verbose_name = _("Audit log")
