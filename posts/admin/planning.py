"""Scheduled edits at the desk: the form's text is kept for its time, and the live post stays."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from posts.admin.plannable import PLAN
from posts.admin.publication import PublicationAdmin
from posts.models import PlannedEdit, Post, Revision
from posts.publishing import planned, zones
from posts.revisions import snapshots
from posts.revisions.comparing import compare
from posts.tagging import tags_named

SHOWN = "planned"  # in the address: the form is filled with the version that waits


class Planning(PublicationAdmin):
    """Mixin for the admin of posts, before all that saves."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.plan = self.plan_asked_for(request, object_id)
        if request.plan and request.method == "GET":
            return self.show_version(request, object_id, form_url, extra_context)
        if request.plan:
            request.POST = request.POST.copy()
            request.POST[PLAN] = "1"  # whichever button: the live post is not what is shown
        return super().changeform_view(request, object_id, form_url, extra_context)

    def plan_asked_for(self, request, object_id) -> PlannedEdit | None:
        if not object_id or SHOWN not in request.GET:
            return None
        post = self.get_object(request, unquote(object_id))
        return planned.of(post) if post and self.may_plan(request, post) else None

    def may_plan(self, request, post: Post) -> bool:
        return (
            post.is_published
            and self.has_publish_permission(request)
            and self.has_change_permission(request, post)
        )

    def show_version(self, request, object_id, form_url, extra_context):
        """The page as it would be were the version live; nothing of that is kept."""
        page = object_id, form_url, extra_context
        try:
            return self.rehearsed_page(request, page)
        except IntegrityError:
            told = _("The address of this version belongs to another text by now. Choose another.")
            self.message_user(request, told, messages.WARNING)
            return self.rehearsed_page(request, page, leave_out={"slug"})

    def rehearsed_page(self, request, page, leave_out=frozenset()):
        object_id, form_url, extra_context = page
        with transaction.atomic():
            post = Post.everything.get(pk=request.plan.post_id)
            version = planned.version_for(request.plan, post)
            fields = {name: version.fields[name] for name in version.fields.keys() - leave_out}
            snapshots.apply(post, fields, version.body)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.plan = getattr(request, "plan", None)
        return form

    # --- Saving it --------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        if PLAN not in request.POST:
            super().save_model(request, obj, form, change)
        elif not change or not self.may_plan(request, Post.objects.get(pk=obj.pk)):
            raise PermissionDenied

    def save_related(self, request, form, formsets, change):
        if PLAN not in request.POST:
            super().save_related(request, form, formsets, change)
            return
        tags_named(form.cleaned_data["tag_names"])  # new ones have to last until then
        fields, body = rehearse(form, formsets)
        due_at, is_update = (form.cleaned_data[f"plan_{name}"] for name in ("due_at", "is_update"))
        planned.prepare(form.instance, fields, body, due_at, request.user, is_update)
        self.settle_windows(request, form)

    def log_change(self, request, obj, message):
        if PLAN not in request.POST:  # else the post was not changed, and the rest is told
            super().log_change(request, obj, message)

    def response_change(self, request, obj):
        if PLAN not in request.POST:
            return super().response_change(request, obj)
        told = _("Kept: the new version goes live at its time. Readers see the post as it was.")
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", obj.pk))

    # --- What waits -------------------------------------------------------------

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and self.may_plan(request, obj):
            context["can_plan"] = True
            context["shows_plan"] = bool(getattr(request, "plan", None))
            context["plan"] = plan = planned.of(obj)
            if plan:
                context["plan_due"] = zones.said(plan.due_at, zones.zone_of(request.user))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        views = {
            "compare": self.plan_compare_view,
            "cancel": require_POST(self.plan_cancel_view),
            "apply": require_POST(self.plan_apply_view),
        }
        own = [
            path(
                f"<path:object_id>/planned/{name}/",
                self.admin_site.admin_view(view),
                name=f"posts_{self.opts.model_name}_plan_{name}",
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def get_plan(self, request, object_id) -> PlannedEdit:
        post = self.get_object(request, unquote(object_id))
        if post is None:
            raise Http404
        if not self.may_plan(request, post):
            raise PermissionDenied
        plan = planned.of(post)
        if plan is None:
            raise Http404
        return plan

    def plan_compare_view(self, request, object_id):
        plan = self.get_plan(request, object_id)
        post = plan.post
        version = planned.version_for(plan, post)
        live = Revision(post=post, fields=snapshots.snapshot(post), body=post.body)
        new = Revision(post=post, fields=live.fields | version.fields, body=version.body)
        context = self.admin_site.each_context(request) | {
            "title": _("The new version, compared"),
            "opts": self.opts,
            "original": post,
            "plan": plan,
            "plan_due": zones.said(plan.due_at, zones.zone_of(request.user)),
            "old": live,
            "new": new,
            "comparison": compare(live, new),
        }
        return TemplateResponse(request, "admin/posts/plan_compare.html", context)

    def plan_cancel_view(self, request, object_id):
        plan = self.get_plan(request, object_id)
        if planned.cancel(plan, request.user):
            self.message_user(request, _("The new version is dropped."), messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", plan.post_id))

    def plan_apply_view(self, request, object_id):
        plan = self.get_plan(request, object_id)
        if planned.go_live(plan, request.user):
            self.message_user(request, _("The new version is live."), messages.SUCCESS)
        else:
            told = _("It did not go live: the post was changed meanwhile at the same places.")
            self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(self.address("change", plan.post_id))


def rehearse(form, formsets) -> tuple[dict, str]:
    """The fields and the text that saving would store; nothing is stored."""
    with transaction.atomic():
        form.instance.save()
        form.save_m2m()
        for formset in formsets:
            formset.save()
        fields = snapshots.snapshot(form.instance)
        transaction.set_rollback(True)
    return fields, form.instance.body
