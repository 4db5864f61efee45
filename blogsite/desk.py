"""The admin site."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    """Django's admin under the site's own name."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("What is here")
    # The start page is a click away, and a writing page needs its width.
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        """The apps, last installed first: the site's own before Django's."""
        places = {name.partition(".")[0]: n for n, name in enumerate(settings.INSTALLED_APPS)}
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: -places.get(app["app_label"], -1))
