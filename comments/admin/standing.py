"""Who is trusted and who is banned."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments import standings
from comments.admin.access import ForModerators
from comments.admin.forms import StandingForm
from comments.models import MODERATE, Standing


class StandingList(ChangeList):
    """Rows with the names of the members among them, in one query more."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        keys = [int(row.value) for row in self.result_list if row.of == Standing.Of.MEMBER]
        members = User.objects.in_bulk(keys)
        for row in self.result_list:
            row.member = members.get(int(row.value)) if row.of == Standing.Of.MEMBER else None


@admin.register(Standing)
class StandingAdmin(ForModerators, admin.ModelAdmin):
    form = StandingForm
    list_display = ["person", "of", "verdict", "note", "by", "made_at"]
    list_display_links = None
    list_filter = ["verdict", "of"]
    list_select_related = ["by"]
    search_fields = ["value", "note"]
    list_per_page = 50
    list_max_show_all = 0
    actions = ["lift"]
    fields = ["verdict", "who", "note"]

    def get_changelist(self, request, **kwargs):
        return StandingList

    def has_add_permission(self, request):
        return request.user.has_perm(MODERATE)

    def has_change_permission(self, request, obj=None):
        """Another word on the same person is a new row."""
        return False

    def get_fields(self, request, obj=None):
        return ["of", "value", "verdict", "note", "by", "made_at"] if obj else self.fields

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)
        standings.log(obj, obj.verdict, request.user)

    def tell(self, what, obj, fields=None):
        """Each word on a person is an event by itself already."""

    @admin.action(description=_("Neither trust nor ban any longer"), permissions=["moderate"])
    def lift(self, request, queryset):
        for standing in queryset:
            standings.lift(standing, request.user)
        self.message_user(request, _("Neither banned nor trusted any longer."))

    @admin.display(description=_("who"), ordering="value")
    def person(self, standing):
        if standing.of == Standing.Of.MEMBER:
            return standing.member.name if standing.member else _("a deleted account")
        return _("a network address") if standing.of == Standing.Of.ADDRESS else standing.value
