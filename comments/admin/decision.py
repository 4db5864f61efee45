"""The audit log: read, searched, and taken back from."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments import moderation
from comments.admin.access import ForModerators
from comments.admin.buttons import PATIENCE
from comments.models import Decision

TEXTS = ["body_html", "evidence", "trained_tokens"]


@admin.register(Decision)
class DecisionAdmin(ForModerators, admin.ModelAdmin):
    list_display = ["made_at", "about", "what", "who", "via", "state"]
    list_display_links = None
    list_filter = ["became", "via", "made_at"]
    list_select_related = ["comment__member", "by", "undone_by__by"]
    search_fields = ["comment__name", "comment__email", "by__display_name"]
    list_per_page = 50
    list_max_show_all = 0
    actions = ["take_back"]
    fields = readonly_fields = ["made_at", "about", "what", "who", "via", "state"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*[f"comment__{name}" for name in TEXTS])

    def has_change_permission(self, request, obj=None):
        """Nobody rewrites what happened; taking it back is a decision of its own."""
        return False

    @admin.action(description=_("Take back"), permissions=["moderate"])
    def take_back(self, request, queryset):
        count, is_whole = moderation.undo_all(queryset, request.user, PATIENCE)
        told = ngettext("%d decision taken back.", "%d decisions taken back.", count) % count
        if not is_whole:
            told += " " + gettext("There are more. Press the button again for the rest.")
        self.message_user(request, told, messages.SUCCESS if count else messages.WARNING)

    @admin.display(description=_("comment"))
    def about(self, decision):
        url = reverse("admin:comments_comment_change", args=[decision.comment_id])
        return format_html('<a href="{}">{}</a>', url, decision.comment)

    @admin.display(description=_("decision"))
    def what(self, decision):
        return str(decision)

    @admin.display(description=_("by"))
    def who(self, decision):
        return decision.by or _("the site itself")

    @admin.display(description=_("taken back"))
    def state(self, decision):
        undone = decision.undone_by
        return f"{undone.made_at:%Y-%m-%d %H:%M} UTC" if undone else ""
