"""Violations at the desk: read, and cleared away."""

from django.contrib import admin

from blogsite.deskadmin import DeskAdmin
from blogsite.reporting.models import Violation


@admin.register(Violation)
class ViolationAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["__str__", "page", "source", "count", "first_at", "last_at"]
    list_filter = ["directive", "last_at"]
    search_fields = ["blocked", "page", "source"]
    list_per_page = 50
    fields = ["directive", "blocked", "page", "source", "count", ("first_at", "last_at")]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
