"""The record at the desk: read and searched, changed by nobody."""

from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from blogsite.audit import finding, verbs
from blogsite.audit.models import Event
from blogsite.deskadmin import DeskAdmin


class GroupFilter(admin.SimpleListFilter):
    """By the app whose verbs they are."""

    title = _("about")
    parameter_name = "about"

    def lookups(self, request, model_admin):
        return [(name, group.label) for name, group in verbs.groups().items()]

    def queryset(self, request, queryset):
        group = verbs.groups().get(self.value())
        # Each verb by name and not by how it begins: that the index answers on every database.
        return queryset.filter(verb__in=list(group.sentences)) if group else queryset


class KindFilter(admin.SimpleListFilter):
    """By what it was done to. Of the kinds that have a desk, for to ask the rows takes long."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        models = model_admin.admin_site._registry
        return sorted((each._meta.label_lower, each._meta.verbose_name) for each in models)

    def queryset(self, request, queryset):
        return queryset.filter(target_type=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["moment", "__str__", "who", "where"]
    list_display_links = ["__str__"]
    list_filter = [GroupFilter, KindFilter, ("at", admin.DateFieldListFilter)]
    # Django shows the box if there are some; what they find is said in `finding`.
    search_fields = ["target_name"]
    search_help_text = _("A person, a network address, the key or the name of a thing")
    ordering = ["-at", "-pk"]
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = []
    actions = None
    fields = readonly_fields = [
        "moment",
        "__str__",
        "verb",
        "who",
        "thing",
        "said",
        "address",
        "device",
    ]

    # Not even for administrators: who could change the record would do so first of all.

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        words = " ".join(search_term.replace("\0", " ").split())[:200]
        return finding.matching(queryset, words), False

    @admin.display(description=_("at (UTC)"))
    def moment(self, event):
        return f"{event.at:%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("who"))
    def who(self, event):
        """The name, leading to all else that they did."""
        if not event.actor_id:
            return event.actor_name or "-"
        url = reverse("admin:audit_event_changelist")
        name = event.actor_name or _("somebody who left")
        return format_html('<a href="{}?actor__id__exact={}">{}</a>', url, event.actor_id, name)

    @admin.display(description=_("from"))
    def where(self, event):
        return event.address or "-"

    @admin.display(description=_("to what"))
    def thing(self, event):
        """Its kind and name, leading to its own page if it has one at the desk."""
        url = desk_address(event)
        return format_html('<a href="{}">{}</a>', url, event.what) if url else event.what or "-"

    @admin.display(description=_("details"))
    def said(self, event):
        rows = [(name.replace("_", " "), in_words(value)) for name, value in event.details.items()]
        return format_html_join("\n", "{}: {}<br>", rows) or "-"


def desk_address(event: Event) -> str:
    """Where the thing can be looked at; it may be gone all the same."""
    try:
        options = apps.get_model(event.target_type)._meta
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return reverse(name, args=[event.target_id])
    except (LookupError, NoReverseMatch, ValueError):
        return ""


def in_words(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
