from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from posts.admin.filters import StatusFilter
from posts.admin.forms import PublicationForm
from posts.admin.publication import FACTS, PublicationAdmin
from posts.models import Page


@admin.register(Page)
class PageAdmin(PublicationAdmin):
    form = PublicationForm
    list_display = ["heading", "status_label", "slug", "in_navigation", "position"]
    list_filter = [StatusFilter, "in_navigation"]
    search_fields = ["title", "slug", "body"]
    fieldsets = [
        (None, {"fields": ["title", "body"]}),
        (_("Publishing"), {"fields": ["published_at", "expires_at", "slug"]}),
        (_("Navigation"), {"fields": ["in_navigation", "position"]}),
        (
            _("Readers and search engines"),
            {"fields": ["updated_at", "noindex", "language"], "classes": ["collapse"]},
        ),
        (_("About this page"), {"fields": FACTS, "classes": ["collapse"]}),
    ]
