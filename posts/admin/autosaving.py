"""What the writing page asks for while somebody writes; all but two answers are JSON."""

import uuid

from django import forms
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posts.drafting import comparing, presence, sent, working_copies
from posts.drafting.offers import offers

MOST_WINDOWS = 60  # asked about at once; a browser keeps no more copies than the server


class AutosaveForm(forms.Form):
    """A sign of life of a window, with what it holds where that has changed."""

    window = forms.UUIDField()
    text = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    based_on = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    fields_held = forms.CharField(required=False, strip=False)
    leaving = forms.BooleanField(required=False)
    reverted = forms.BooleanField(required=False)  # it holds again what is stored
    windows = forms.CharField(required=False, max_length=MOST_WINDOWS * 37)

    def clean_fields_held(self):
        held = self.cleaned_data["fields_held"]
        return sent.read(held) if held else None

    def clean_windows(self):
        try:
            return [uuid.UUID(name) for name in self.cleaned_data["windows"].split()]
        except ValueError as error:
            raise ValidationError("no names of windows") from error


class Autosaving:
    """Mixin for the admin of texts: the addresses that its page asks while it is open."""

    def get_urls(self):
        def way(address, name, methods, view):
            inner = never_cache(methods(view))
            name = f"posts_{self.opts.model_name}_{name}"
            return path(address, self.admin_site.admin_view(inner), name=name)

        look_or_throw_away = require_http_methods(["GET", "POST"])
        return [
            way("autosave/", "autosave", require_POST, self.autosave_view),
            way("token/", "token", require_GET, self.token_view),
            way("signed-in/", "signed_in", require_GET, self.signed_in_view),
            way("unsaved/", "unsaved", require_GET, self.unsaved_view),
            way("unsaved/<uuid:window>/", "copy", look_or_throw_away, self.copy_view),
            *super().get_urls(),
        ]

    # --- While the page is open -------------------------------------------------------

    def autosave_view(self, request):
        form = AutosaveForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": str(form.errors)}, status=400)
        said = form.cleaned_data
        text = self.text_to_write(request, said["text"])
        if said["reverted"]:
            working_copies.revert(request.user, said["window"])
        if said["leaving"]:
            working_copies.leave(request.user, said["window"])
        try:
            copy = self.keep_what_is_said(request.user, text, said)
        except working_copies.Taken:
            return JsonResponse({"error": "taken"}, status=409)
        return JsonResponse(answer_to(said, request.user, text, copy))

    def keep_what_is_said(self, user, text, said):
        if said["leaving"] and said["fields_held"] is None:
            return None
        return working_copies.keep(
            user,
            self.model,
            text,
            said["window"],
            said["based_on"] or 0,
            said["fields_held"],
        )

    def token_view(self, request):
        """The proof of origin that goes with the session of now; who signed in anew needs it."""
        self.refuse_readers(request)
        return JsonResponse({"token": get_token(request), "user": request.user.pk})

    def signed_in_view(self, request):
        """Where somebody is led who signs in again beside the page on which they write."""
        self.refuse_readers(request)
        context = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/posts/signed_in.html", context)

    # --- What was not saved -----------------------------------------------------------

    def unsaved_view(self, request):
        """The list of it, for a page that has just sent what only the browser knew."""
        text = self.text_to_write(request, request.GET.get("text"))
        context = {
            "unsaved": offers(request.user, self.model, text),
            "opts": self.opts,
            "original": text,
            "may_write": True,
        }
        html = render_to_string("admin/posts/desk/_offers.html", context, request)
        return JsonResponse({"html": html})

    def copy_view(self, request, window):
        """Compare it with what is stored, or throw it away."""
        mine = working_copies.unsaved_window(request.user, self.model, window)
        if mine is None:
            raise Http404
        text = mine.post or mine.page
        if text and not self.has_view_permission(request, text):
            raise PermissionDenied
        if request.method == "POST":
            mine.delete()
            if request.accepts("text/html"):
                return self.back_to_writing(text)
            return JsonResponse({"thrown_away": str(window)})
        return self.copy_page(request, mine, text)

    def copy_page(self, request, copy, text):
        may_write = (
            self.has_change_permission(request, text) if text else self.has_add_permission(request)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unsaved text"),
            "opts": self.opts,
            "original": text,
            "copy": copy,
            "comparison": comparing.compare(copy, text, self.label_of),
            "may_write": may_write,
        }
        return TemplateResponse(request, "admin/posts/unsaved_text.html", context)

    def label_of(self, name):
        """The words that stand beside the input."""
        declared = self.form.declared_fields
        return declared[name].label if name in declared else label_for_field(name, self.model)

    def back_to_writing(self, text):
        page = "change" if text else "add"
        address = f"admin:posts_{self.opts.model_name}_{page}"
        return HttpResponseRedirect(reverse(address, args=[text.pk] if text else []))

    # --- Rights -----------------------------------------------------------------------

    def text_to_write(self, request, pk):
        """The text that is meant, or None for a new one; refused to who may not write it."""
        if not pk:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        text = self.get_object(request, str(pk))
        if text is None:
            raise Http404
        if not self.has_change_permission(request, text):
            raise PermissionDenied
        return text

    def refuse_readers(self, request):
        if not self.has_add_permission(request) and not self.has_change_permission(request):
            raise PermissionDenied


def answer_to(said: dict, user, text, copy) -> dict:
    settled = working_copies.settled_among(user, said["windows"])
    return {
        "saved_at": copy.saved_at if copy else None,
        "revision_number": text.revision_number if text else 0,
        "others": [as_json(each) for each in presence.others_at(text, user, said["window"])],
        "settled": [str(window) for window in settled],
    }


def as_json(presence) -> dict:
    return {
        "name": presence.name,
        "is_me": presence.is_me,
        "since": presence.since,
        "is_unsaved": presence.is_unsaved,
        "window": str(presence.window),
    }
