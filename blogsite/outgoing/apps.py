from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutgoingConfig(AppConfig):
    """All that leaves the site: mail, requests to other sites, and the jobs that send them."""

    name = "blogsite.outgoing"
    label = "outgoing"
    verbose_name = _("Outgoing")
