from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadOnlyConfig(AppConfig):
    name = "blogsite.readonly"
    label = "readonly"
    verbose_name = _("Read-only switch")
