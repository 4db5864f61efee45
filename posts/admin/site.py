from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts.models import Image, SiteSettings


class HueWidget(forms.NumberInput):
    """A hue in degrees, with a slider that shows what it looks like."""

    template_name = "admin/widgets/hue.html"

    class Media:
        js = [forms.Script("js/desk/hue.js", type="module")]


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin, admin.ModelAdmin):
    """One row, always there: nothing to add, to delete or to list.

    Apps above put their own part of the settings into `inlines`.
    """

    inlines = []
    fieldsets = [
        (None, {"fields": ["title", "tagline", "description"]}),
        (_("Look"), {"fields": ["logo", "accent_hue"]}),
        (_("Menus and foot"), {"fields": ["menu", "social_links", "footer", "licence"]}),
        (_("Lists and feeds"), {"fields": ["front_page", "posts_per_page", "full_text_feeds"]}),
        (_("Old posts"), {"fields": ["stale_after_months"]}),
        (_("The trash"), {"fields": ["purge_trash_after_days"]}),
        (_("What machines may do"), {"fields": ["for_search", "for_ai_input", "for_ai_training"]}),
        (_("Files for machines"), {"fields": ["robots_txt", "security_contact"]}),
    ]
    autocomplete_fields = ["logo", "front_page"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "logo":  # the one in use may lie in the trash, and stay chosen
            kwargs["queryset"] = Image.everything.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "accent_hue":
            kwargs["widget"] = HueWidget
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 4})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("admin:posts_sitesettings_change", args=[1]))

    def get_object(self, request, object_id, from_field=None):
        return SiteSettings.load() if object_id == "1" else None
