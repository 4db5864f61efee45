"""What the admin of posts and of pages have in common: status, publishing, the trash."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from blogsite.deskadmin import DeskAdmin
from posts import trash
from posts.admin.moments import MomentField, MomentWidget
from posts.admin.publishing import Publishing
from posts.admin.recording import PublishingRecorded
from posts.publishing import wording

FACTS = ["guid", "source", "created_at", "modified_at", "deleted_at", "deleted_by"]


class PublicationList(ChangeList):
    """Rows without their long texts."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        return self.model_admin.for_list(rows.without_text())


class Saved:
    """Where the mixins' `text_saved` end: each does what is its own and calls the next."""

    def text_saved(self, request, form, change) -> None:
        """Called once the text is saved with all that hangs on it, in the same transaction."""


class PublicationAdmin(
    PublishingRecorded,
    Publishing,
    Saved,
    DeskAdmin,
    admin.ModelAdmin,
):
    """Drafts, schedules, publishing at a click, and a trash in place of deletion."""

    change_form_template = "admin/posts/publication_form.html"
    delete_confirmation_template = "admin/posts/trash_confirmation.html"
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-modified_at"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = FACTS
    list_per_page = 50
    formfield_overrides = {
        models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget},
        models.URLField: {"assume_scheme": "https"},
    }
    actions = ["move_selected_to_trash", "restore_selected"]

    def get_changelist(self, request, **kwargs):
        return PublicationList

    # --- Rows -------------------------------------------------------------------

    def get_queryset(self, request):
        """All rows, the trash too; the status filter leaves it out of lists."""
        ordering = self.get_ordering(request)
        return self.model.everything.select_related("deleted_by").order_by(*ordering)

    def for_list(self, queryset):
        """`queryset` with what the columns of the list need."""
        return queryset

    @admin.display(description=_("title"), ordering="title")
    def heading(self, thing):
        return str(thing)

    @admin.display(description=_("status"), ordering="published_at")
    def status_label(self, thing):
        state = wording.state_of(thing)
        return format_html('<span class="status status-{}">{}</span>', state, wording.NAMES[state])

    @admin.display(description=_("published at (UTC)"), ordering="published_at")
    def moment(self, thing):
        return f"{thing.published_at:%Y-%m-%d %H:%M}" if thing.published_at else ""

    def view_on_site(self, thing):
        return None if thing.deleted_at else thing.get_absolute_url()

    # --- Permissions ------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        """What is in the trash can be read and restored, not edited."""
        return self.is_living(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Deleting means the trash; emptying that is a command."""
        return self.is_living(obj) and super().has_delete_permission(request, obj)

    def has_publish_permission(self, request) -> bool:
        """Whether who may write here also decides what readers see."""
        return True

    def has_restore_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj)

    def is_living(self, obj) -> bool:
        return obj is None or not obj.deleted_at

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

    # --- The trash --------------------------------------------------------------

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # the trash takes its place
        return actions

    @admin.action(description=_("Move to the trash"), permissions=["delete"])
    @transaction.atomic
    def move_selected_to_trash(self, request, queryset):
        living = queryset.filter(deleted_at=None)
        things = [thing for thing in living if self.has_delete_permission(request, thing)]
        self.log_deletions(request, things)
        for thing in things:
            self.delete_model(request, thing)
        told = ngettext("%d moved to the trash.", "%d moved to the trash.", len(things))
        self.message_user(request, told % len(things), messages.SUCCESS)

    @admin.action(description=_("Restore from the trash"), permissions=["restore"])
    @transaction.atomic
    def restore_selected(self, request, queryset):
        trashed = queryset.trashed()
        things = [thing for thing in trashed if self.has_restore_permission(request, thing)]
        for thing in things:
            self.restore_one(request, thing)
        told = ngettext("%d restored.", "%d restored.", len(things))
        self.message_user(request, told % len(things), messages.SUCCESS)

    def delete_model(self, request, obj):
        trash.move_to_trash(obj, by=request.user)

    @transaction.atomic
    def restore_one(self, request, thing):
        trash.restore(thing)
        self.log_change(request, thing, gettext("Restored from the trash."))

    def get_deleted_objects(self, objs, request):
        """Nothing hangs on it that would be lost, so there is nothing to list."""
        return [], {}, set(), []

    def response_delete(self, request, obj_display, obj_id):
        told = _("“%(name)s” is in the trash.") % {"name": obj_display}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self.address("changelist"))

    def get_urls(self):
        restore = path(
            "<path:object_id>/restore/",
            self.admin_site.admin_view(require_POST(self.restore_view)),
            name=f"posts_{self.opts.model_name}_restore",
        )
        return [restore, *super().get_urls()]

    def restore_view(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if not thing or not thing.deleted_at:
            raise Http404
        if not self.has_restore_permission(request, thing):
            raise PermissionDenied
        self.restore_one(request, thing)
        self.message_user(request, _("Restored."), messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", thing.pk))

    def address(self, page, *args) -> str:
        return reverse(f"admin:posts_{self.opts.model_name}_{page}", args=args)


# Buttons that do more than save, and lead back to the text as saving and going on does.
STAYING_BUTTONS = {"_publish", "_unpublish", "_submit", "_approve", "_send_back", "_take_back"}


def stay(request):
    """`request`, so that its deed leads back to the text."""
    if not STAYING_BUTTONS.isdisjoint(request.POST):
        request.POST = request.POST.copy()
        request.POST["_continue"] = "1"
    return request
