"""The admin site."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    """Django's admin under the site's own name."""

    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("What is here")
    # The start page is a click away, and a writing page needs its width.
    enable_nav_sidebar = False
