"""Broken links to other sites, and the posts that have them."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blogsite.deskadmin import DeskAdmin
from posts.linkcheck.asking import with_uses
from posts.models import ExternalLink

MOST_USES = 10  # texts named in a row


class BrokenFilter(admin.SimpleListFilter):
    """Broken links, unless somebody wants to see others."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("doubtful", _("In doubt")), ("all", _("All"))]

    def choices(self, changelist):
        """Without a choice: the broken ones."""
        choices = super().choices(changelist)
        yield next(choices) | {"display": _("Broken")}
        yield from choices

    def queryset(self, request, queryset):
        if self.value() == "doubtful":
            return queryset.exclude(problem="").exclude(pk__in=queryset.broken().values("pk"))
        return queryset if self.value() == "all" else queryset.broken()


@admin.register(ExternalLink)
class ExternalLinkAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["shown_address", "problem", "since", "checked_at", "used_by"]
    list_filter = [BrokenFilter]
    search_fields = ["address", "host"]
    ordering = ["failing_since", "pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["check_again"]
    fields = ["shown_address", "problem", "since", "checked_at", "due_at", "used_by"]
    readonly_fields = fields

    def get_queryset(self, request):
        return with_uses(super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """What no text links to any more is removed by itself."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing of it is typed; the action asks for its own permission."""
        return False

    def has_check_permission(self, request) -> bool:
        return super().has_change_permission(request)

    @admin.action(description=_("Check again"), permissions=["check"])
    def check_again(self, request, queryset):
        """Soon: asking takes longer than anybody waits for a page."""
        count = queryset.order_by().update(due_at=timezone.now())
        told = ngettext(
            "%d link will be checked in the next minutes.",
            "%d links will be checked in the next minutes.",
            count,
        )
        self.message_user(request, told % count, messages.SUCCESS)

    @admin.display(description=_("address"), ordering="address")
    def shown_address(self, link):
        """Not a link: whoever lists what is broken need not visit it."""
        return format_html('<span class="link-address">{}</span>', link.address)

    @admin.display(description=_("failing since"), ordering="failing_since")
    def since(self, link):
        return link.failing_since.date() if link.failing_since else None

    @admin.display(description=_("used by"))
    def used_by(self, link):
        texts = [use.text for use in link.uses.all()]
        links = format_html_join(", ", '<a href="{}">{}</a>', map(self.way_to, texts[:MOST_USES]))
        more = len(texts) - MOST_USES
        return format_html(_("{} and {} more"), links, more) if more > 0 else links or "-"

    def way_to(self, text) -> tuple[str, str]:
        name = f"admin:posts_{text._meta.model_name}_change"
        return reverse(name, args=[text.pk]), str(text)
