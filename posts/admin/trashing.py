"""A trash in place of deletion, for texts and pictures: in, back, and out for good."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from posts import access, trash
from posts.trash.moving import WHY_MAX_LENGTH


class WhyForm(forms.Form):
    """What the page that asks before something goes to the trash may say besides yes."""

    why = forms.CharField(
        label=_("Why (not shown to readers)"), required=False, max_length=WHY_MAX_LENGTH
    )


class Trashing:
    """Mixin. What is in the trash can be read and restored, not changed."""

    delete_confirmation_template = "admin/posts/trash_confirmation.html"
    actions = ["move_selected_to_trash", "restore_selected"]

    # --- Permissions ------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return is_living(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Deleting means the trash."""
        return is_living(obj) and super().has_delete_permission(request, obj)

    def has_restore_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj)

    def has_remove_permission(self, request, obj=None) -> bool:
        """Whether somebody may remove for good what is in the trash."""
        return access.may_remove_for_good(request.user) and self.has_restore_permission(
            request, obj
        )

    # --- Into it ----------------------------------------------------------------

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

    def delete_view(self, request, object_id, extra_context=None):
        extra_context = {"why_form": WhyForm()} | (extra_context or {})
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        form = WhyForm(request.POST)
        trash.move_to_trash(
            obj, by=request.user, why=form.cleaned_data["why"] if form.is_valid() else ""
        )

    def get_deleted_objects(self, objs, request):
        """Nothing hangs on it that would be lost, so there is nothing to list."""
        return [], {}, set(), []

    def response_delete(self, request, obj_display, obj_id):
        told = _("“%(name)s” is in the trash.") % {"name": obj_display}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self.address("changelist"))

    def tell(self, what, obj, fields=None):
        """Deleting is moving to the trash, which tells itself."""
        if what != "deleted":
            super().tell(what, obj, fields)

    # --- Out of it --------------------------------------------------------------

    @admin.action(description=_("Restore from the trash"), permissions=["restore"])
    @transaction.atomic
    def restore_selected(self, request, queryset):
        trashed = queryset.trashed()
        things = [thing for thing in trashed if self.has_restore_permission(request, thing)]
        for thing in things:
            self.restore_one(request, thing)
        told = ngettext("%d restored.", "%d restored.", len(things))
        self.message_user(request, told % len(things), messages.SUCCESS)

    @transaction.atomic
    def restore_one(self, request, thing):
        trash.restore(thing)
        self.log_change(request, thing, gettext("Restored from the trash."))

    def get_urls(self):
        def of_one(view, deed):
            name = f"posts_{self.opts.model_name}_{deed}"
            return path(f"<path:object_id>/{deed}/", self.admin_site.admin_view(view), name=name)

        return [
            of_one(require_POST(self.restore_view), "restore"),
            of_one(self.remove_view, "remove"),
            *super().get_urls(),
        ]

    def restore_view(self, request, object_id):
        thing = self.find_trashed(request, object_id)
        if not self.has_restore_permission(request, thing):
            raise PermissionDenied
        self.restore_one(request, thing)
        self.message_user(request, _("“%(name)s” is restored.") % {"name": thing}, messages.SUCCESS)
        if "to_trash" in request.POST:
            return HttpResponseRedirect(address_of_trash(self.opts.model_name))
        return HttpResponseRedirect(self.address("change", thing.pk))

    def remove_view(self, request, object_id):
        """Asks first, for nobody can take it back."""
        thing = self.find_trashed(request, object_id)
        if not self.has_remove_permission(request, thing):
            raise PermissionDenied
        back = address_of_trash(self.opts.model_name)
        if request.method == "POST":
            name = str(thing)
            if not trash.purge_one(thing):
                raise Http404
            told = _("“%(name)s” is removed for good.") % {"name": name}
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(back)
        context = self.admin_site.each_context(request) | {
            "title": _("Remove for good?"),
            "opts": self.opts,
            "thing": thing,
            "back": back,
        }
        return TemplateResponse(request, "admin/posts/remove_confirmation.html", context)

    def find_trashed(self, request, object_id):
        thing = self.get_object(request, unquote(object_id))
        if not thing or not thing.deleted_at:
            raise Http404
        return thing

    def address(self, page, *args) -> str:
        return reverse(f"admin:posts_{self.opts.model_name}_{page}", args=args)


def is_living(obj) -> bool:
    return obj is None or not obj.deleted_at


def address_of_trash(kind: str) -> str:
    return f"{reverse('admin:trash')}?kind={kind}"
