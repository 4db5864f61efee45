from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class StatusFilter(admin.SimpleListFilter):
    """Draft, scheduled, published, expired or in the trash; without a choice all but the trash."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Drafts")),
            ("scheduled", _("Scheduled")),
            ("published", _("Published")),
            ("expired", _("Expired")),
            ("trashed", _("In the trash")),
        ]

    def queryset(self, request, queryset):
        questions = {
            "draft": queryset.drafts,
            "scheduled": queryset.scheduled,
            "published": queryset.published,
            "expired": queryset.expired,
            # As the index of those says it; the same said otherwise reads all rows.
            "trashed": lambda: queryset.filter(deleted_at__isnull=False),
        }
        ask = questions.get(self.value())
        return ask() if ask else queryset.filter(deleted_at=None)


class PostStatusFilter(StatusFilter):
    """The same, and what waits for an editor."""

    def lookups(self, request, model_admin):
        draft, *others = super().lookups(request, model_admin)
        return [draft, ("review", _("In review")), *others]

    def queryset(self, request, queryset):
        if self.value() == "review":
            return queryset.in_review()
        return super().queryset(request, queryset)
