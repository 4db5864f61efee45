"""The revisions of a text at the desk: listed, compared, named, corrected, restored."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posts import revisions
from posts.models import Post, Revision
from posts.revisions import corrections, listing, restoring
from posts.revisions.comparing import compare
from posts.revisions.naming import Naming
from posts.revisions.snapshots import AUTHORS, TAGS
from posts.views.public import numbered_page

PAGE = 50  # revisions on one page of the list
FIELD_OF = {TAGS: "tag_names"}  # what the form calls its field where it is not the model's name


class NumberForm(forms.Form):
    """Which revision is meant."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class RestoreForm(NumberForm):
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class NameForm(NumberForm):
    milestone = forms.CharField(
        required=False, max_length=Revision._meta.get_field("milestone").max_length
    )


class CorrectionForm(NumberForm):
    correction = forms.CharField(
        required=False, max_length=Revision._meta.get_field("correction").max_length
    )


class RevisionPages:
    """Mixin for the admin of texts: their revisions have pages of their own."""

    # --- Addresses --------------------------------------------------------------

    def get_urls(self):
        # No last word that another address of a text has: a key there may hold slashes.
        pages = {
            "revisions/": ("revisions", self.revisions_view),
            "revisions/compare/": ("compare", self.compare_view),
            "revisions/<int:number>.md": ("revision_markdown", self.markdown_view),
            "revisions/bring-back/": ("restore_revision", self.restore_revision_view),
            "revisions/name/": ("name_revision", require_POST(self.name_view)),
            "revisions/correct/": ("correct", require_POST(self.correct_view)),
        }
        own = [
            path(
                f"<path:object_id>/{address}",
                self.admin_site.admin_view(view),
                name=f"posts_{self.opts.model_name}_{name}",
            )
            for address, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def get_text(self, request, object_id, may_change=False):
        """The post or page that is meant, for who may look at it, or `may_change` it."""
        text = self.get_object(request, unquote(object_id))
        if text is None:
            raise Http404
        allows = self.has_change_permission if may_change else self.has_view_permission
        if not allows(request, text):
            raise PermissionDenied
        return text

    def get_revision(self, text, number) -> Revision:
        revision = revisions.of(text).filter(number=number).select_related("saved_by").first()
        if revision is None:
            raise Http404
        revision.post, revision.page = (text, None) if isinstance(text, Post) else (None, text)
        return revision

    def asked(self, form_class, values):
        """What a form of our own pages says; what no page of ours sends is not found."""
        form = form_class(values)
        if not form.is_valid():
            raise Http404
        return form.cleaned_data

    def show(self, request, text, template, **context):
        context |= self.admin_site.each_context(request)
        context |= {
            "opts": self.opts,
            "original": text,
            "can_change": self.has_change_permission(request, text),
            "can_correct": self.may_correct(request, text),
        }
        return TemplateResponse(request, f"admin/posts/revisions/{template}.html", context)

    def may_correct(self, request, text) -> bool:
        """Readers get corrections of what they can read."""
        is_public = isinstance(text, Post) and text.is_published
        return is_public and self.has_change_permission(request, text)

    def to_list(self, text):
        return HttpResponseRedirect(self.address("revisions", text.pk))

    # --- Pages ------------------------------------------------------------------

    def revisions_view(self, request, object_id):
        text = self.get_text(request, object_id)
        page = numbered_page(request, listing.rows(text), PAGE)
        found = list(page.object_list)
        listing.name_changes(text, found)
        return self.show(
            request,
            text,
            "list",
            title=_("Revisions"),
            page_obj=page,
            page_range=page.paginator.get_elided_page_range(page.number, on_each_side=2),
            revisions=found,
        )

    def compare_view(self, request, object_id):
        text = self.get_text(request, object_id)
        one, other = (
            self.asked(NumberForm, {"number": request.GET.get(name)})["number"]
            for name in ("from", "to")
        )
        old, new = (self.get_revision(text, n) for n in sorted([one, other]))
        return self.show(
            request,
            text,
            "compare",
            title=_("Revisions %(old)d and %(new)d") % {"old": old.number, "new": new.number},
            both=[old, new],
            old=old,
            new=new,
            comparison=compare(old, new),
            earlier=revisions.of(text).filter(number__lt=old.number).first(),
            later=revisions.of(text).filter(number__gt=new.number).last(),
        )

    def markdown_view(self, request, object_id, number):
        """The text of one revision byte for byte, as a file."""
        revision = self.get_revision(self.get_text(request, object_id), number)
        name = f"{revision.text.slug}-{number}.md"
        return HttpResponse(
            revision.body,
            content_type="text/markdown; charset=utf-8",
            headers={
                "Content-Disposition": content_disposition_header(True, name),
                "Cache-Control": "private, no-store",
            },
        )

    # --- Deeds ------------------------------------------------------------------

    def restore_revision_view(self, request, object_id):
        """Shows what would come back; a POST brings it back."""
        text = self.get_text(request, object_id, may_change=True)
        if request.method != "POST":
            asked = self.asked(NumberForm, request.GET)
            return self.ask_to_restore(request, text, self.get_revision(text, asked["number"]))
        asked = self.asked(RestoreForm, request.POST)
        revision = self.get_revision(text, asked["number"])
        names = self.restorable(request, text)
        try:
            done = restoring.restore(text, revision, request.user, asked["based_on"], names)
        except restoring.Stale:
            return self.ask_to_restore(request, text, revision, stale=True)
        self.tell_restored(request, text, revision, done)
        return HttpResponseRedirect(self.address("change", text.pk))

    def ask_to_restore(self, request, text, revision, stale=False):
        names = self.restorable(request, text)
        today = restoring.today(text)
        naming = Naming(type(text), [])
        response = self.show(
            request,
            text,
            "restore",
            title=_("Restore revision %d?") % revision.number,
            revision=revision,
            stale=stale,
            comparison=compare(today, restoring.preview(today, revision, names)),
            staying=[naming.label(name) for name in restoring.staying(today, revision, names)],
        )
        response.status_code = HTTPStatus.CONFLICT if stale else HTTPStatus.OK
        return response

    def restorable(self, request, text) -> set[str]:
        """The fields that come back: of those of the text, what the form lets this person set."""
        in_form = set(flatten_fieldsets(self.get_fieldsets(request, text)))
        in_form -= set(self.get_readonly_fields(request, text))
        names = {name for name in restoring.TEXT_FIELDS if FIELD_OF.get(name, name) in in_form}
        return names | ({AUTHORS} if request.user.has_perm("posts.change_post") else set())

    def tell_restored(self, request, text, revision, done):
        if not done.revision:
            told = _("Nothing to restore: revision %d says the same.") % revision.number
            self.message_user(request, told, messages.INFO)
            return
        told = _("Revision %d is back, as a new revision.") % revision.number
        self.log_change(request, text, told)
        self.message_user(request, told, messages.SUCCESS)
        if done.left_out:
            naming = Naming(type(text), [])
            missing = ", ".join(naming.label(name) for name in done.left_out)
            told = _("Not all could come back, for some of it was removed since: %s.") % missing
            self.message_user(request, told, messages.WARNING)

    def name_view(self, request, object_id):
        text = self.get_text(request, object_id, may_change=True)
        asked = self.asked(NameForm, request.POST)
        name = " ".join(asked["milestone"].split())
        revisions.of(text).filter(number=asked["number"]).update(milestone=name)
        self.message_user(request, _("Named.") if name else _("Name removed."), messages.SUCCESS)
        return self.to_list(text)

    def correct_view(self, request, object_id):
        text = self.get_text(request, object_id, may_change=True)
        if not self.may_correct(request, text):
            raise PermissionDenied
        asked = self.asked(CorrectionForm, request.POST)
        line = " ".join(asked["correction"].split())
        corrections.correct(text, self.get_revision(text, asked["number"]), line, request.user)
        told = _("Readers see the correction now.") if line else _("Correction taken back.")
        self.message_user(request, told, messages.SUCCESS)
        return self.to_list(text)
