from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin, admin.ModelAdmin):
    """One row, always there: nothing to add, to delete or to list.

    Apps above put their own part of the settings into `inlines`.
    """

    inlines = []
    fieldsets = [
        (None, {"fields": ["title", "tagline", "description"]}),
        (_("Look"), {"fields": ["accent_hue", "posts_per_page", "licence"]}),
        (_("Old posts"), {"fields": ["stale_after_months"]}),
        (_("Machines"), {"fields": ["robots_txt", "security_contact"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("admin:posts_sitesettings_change", args=[1]))

    def get_object(self, request, object_id, from_field=None):
        return SiteSettings.load() if object_id == "1" else None
