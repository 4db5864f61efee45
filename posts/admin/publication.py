"""What the admin of posts and of pages have in common: status, publishing, the trash."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from blogsite.deskadmin.searching import few_words
from posts.admin.drafting import Drafting
from posts.admin.keeping import RevisionsKept
from posts.admin.linting import Linted
from posts.admin.moments import MomentField, MomentWidget
from posts.admin.publishing import Publishing
from posts.admin.recording import PublishingRecorded
from posts.admin.renaming import Renaming
from posts.admin.revisions import RevisionPages
from posts.admin.trashing import Trashing
from posts.publishing import wording
from posts.search import find_at_desk

FACTS = [
    "guid",
    "source",
    "created_at",
    "modified_at",
    "deleted_at",
    "deleted_by",
    "deleted_why",
    "former_addresses",
]


MOST_FOUND = 1000  # texts that a search lists, the best ones

# What the list chosen by a status is ordered by: what an index of exactly these rows is.
ORDERS = {
    "draft": ["-modified_at", "-pk"],
    "review": ["-submitted_at", "-pk"],
    "scheduled": ["-published_at", "-pk"],
    "published": ["-published_at", "-pk"],
    "expired": ["-expires_at", "-pk"],
    "trashed": ["-deleted_at", "-pk"],
}


class PublicationList(ChangeList):
    """Rows without their long texts, chosen by their keys first.

    An index has the keys in order; a late page then skips over no row.
    """

    def get_results(self, request):
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = self.model_admin.for_list(self.root_queryset.without_text())
        found = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
        self.result_list = [found[key] for key in keys if key in found]


class Saved:
    """Where the mixins' `text_saved` end: each does what is its own and calls the next."""

    def text_saved(self, request, form, change) -> None:
        """Called once the text is saved with all that hangs on it, in the same transaction."""


class PublicationAdmin(
    Drafting,
    PublishingRecorded,
    RevisionsKept,
    RevisionPages,
    Publishing,
    Linted,
    Saved,
    Trashing,
    Renaming,
    DeskAdmin,
    admin.ModelAdmin,
):
    """Drafts, schedules, publishing at a click, and a trash in place of deletion."""

    change_form_template = "admin/posts/publication_form.html"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = FACTS
    list_per_page = 50
    formfield_overrides = {
        models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_changelist(self, request, **kwargs):
        return PublicationList

    # --- Rows -------------------------------------------------------------------

    def get_queryset(self, request):
        """All rows, the trash too; the status filter leaves it out of lists."""
        ordering = self.get_ordering(request)
        return self.model.everything.select_related("deleted_by").order_by(*ordering)

    def get_ordering(self, request):
        return ORDERS.get(request.GET.get("status"), self.ordering)

    def get_search_results(self, request, queryset, search_term):
        """By words, tag:, author: and year: as readers may say them, in the index of all texts.

        In the trash, which is in no index, by any part of the texts.
        """
        if request.path == reverse("admin:autocomplete"):
            queryset = queryset.filter(deleted_at=None).select_related(None).without_text()
            queryset = queryset.order_by("-published_at", "-pk")
        words = few_words(search_term)
        if not words or request.GET.get("status") == "trashed":
            return super().get_search_results(request, queryset, words)
        keys = find_at_desk(words, MOST_FOUND, self.model, self.only_author(request))
        slug = self.model.everything.filter(slug=words).values_list("pk", flat=True)
        return queryset.filter(pk__in=[*keys, *slug]), False

    def only_author(self, request):
        """Whose texts alone are listed; None where all are."""
        return None

    def for_list(self, queryset):
        """`queryset` with what the columns of the list need."""
        return queryset

    @admin.display(description=_("title"))
    def heading(self, thing):
        return str(thing)

    @admin.display(description=_("status"))
    def status_label(self, thing):
        state = wording.state_of(thing)
        return format_html('<span class="status status-{}">{}</span>', state, wording.NAMES[state])

    @admin.display(description=_("published at (UTC)"), ordering="published_at")
    def moment(self, thing):
        return f"{thing.published_at:%Y-%m-%d %H:%M}" if thing.published_at else ""

    def view_on_site(self, thing):
        return None if thing.deleted_at else thing.get_absolute_url()

    # --- Permissions ------------------------------------------------------------

    def has_publish_permission(self, request) -> bool:
        """Whether who may write here also decides what readers see."""
        return True

    # --- Saving -----------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        """Facts about a text only once it exists."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:-1]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.text_saved(request, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["can_restore"] = bool(obj) and self.has_restore_permission(request, obj)
        context["can_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(stay(request), obj, post_url_continue)

    def response_change(self, request, obj):
        return super().response_change(stay(request), obj)


# Buttons that do more than save, and lead back to the text as saving and going on does.
STAYING_BUTTONS = {
    "_publish",
    "_unpublish",
    "_submit",
    "_approve",
    "_send_back",
    "_take_back",
    "_reviewed",
}


def stay(request):
    """`request`, so that its deed leads back to the text."""
    if not STAYING_BUTTONS.isdisjoint(request.POST):
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"
    return request
