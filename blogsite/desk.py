"""The admin site."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from blogsite.deskadmin.showing import lead_to_site
from blogsite.deskadmin.suggesting import Suggestions
from blogsite.desksearch.site import Searched


class Desk(Searched, admin.AdminSite):
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

    # Pages that belong to no model: address below the desk's, view, name. Apps above add theirs.
    pages: list[tuple[str, Callable, str]] = []

    def get_urls(self):
        """With a "View on site" that asks who may see the row, in place of Django's."""
        way = "r/<path:content_type_id>/<path:object_id>/"
        own = [(way, self.view_on_site, "view_on_site"), *self.pages]
        urls = [path(way, self.admin_view(view), name=name) for way, view, name in own]
        return [*urls, *super().get_urls()]

    def view_on_site(self, request, content_type_id, object_id):
        return lead_to_site(self, request, content_type_id, object_id)

    def autocomplete_view(self, request):
        return Suggestions.as_view(admin_site=self)(request)

    # --- Who may come in --------------------------------------------------------------

    # Asked of each request of somebody who may work here; what gives an address keeps them out
    # and leads them to it. Apps above add theirs.
    conditions: list[Callable[[HttpRequest], str]] = []

    def has_permission(self, request) -> bool:
        return super().has_permission(request) and not self.way_in(request)

    def way_in(self, request) -> str:
        """The address where somebody does what is still missing; empty where nothing is."""
        return next(filter(None, (asks(request) for asks in self.conditions)), "")

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """The desk has no login page of its own: there is one for everybody."""
        back = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            query = urlencode({REDIRECT_FIELD_NAME: back})
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
        if not super().has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(self.way_in(request) or reverse("admin:index"))

    def logout(self, request, extra_context=None):
        """The same page as everybody's; 307 keeps it a POST."""
        return HttpResponseRedirect(reverse("account_logout"), preserve_request=True)

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))
