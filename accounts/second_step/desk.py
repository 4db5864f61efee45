"""The page of the desk where an administrator sets who may sign up, and who needs a second step."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import AccountSettings
from accounts.second_step import demand
from blogsite.deskadmin import DeskAdmin


@admin.register(AccountSettings)
class AccountSettingsAdmin(DeskAdmin, admin.ModelAdmin):
    """One row, always there: nothing to add, to delete or to list."""

    fields = ["sign_up", "staff_needs_second_step"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("admin:accounts_accountsettings_change", args=[1]))

    def get_object(self, request, object_id, from_field=None):
        return AccountSettings.load() if object_id == "1" else None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.staff_needs_second_step and not demand.second_steps_of(request.user).exists():
            sentence = _("You have no second step yourself: set one up now, before you go on.")
            link = '<a href="{}">{}</a>'
            html = format_html(link, reverse("mfa_index"), _("To the second step"))
            messages.warning(request, format_html("{} {}", sentence, html))
