"""Handing a draft to somebody without a login: the panel of links, and its two buttons."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from posts import draft_links
from posts.draft_links.links import DAYS, MOST_OPEN
from posts.models import DraftLink

MOST_SHOWN = 30
PANEL = "admin/posts/desk/_draft_links.html"


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("open for"),
        coerce=int,
        initial=7,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS],
    )
    label = forms.CharField(
        label=gettext_lazy("for whom"),
        required=False,
        max_length=DraftLink._meta.get_field("label").max_length,
        help_text=gettext_lazy("Only for you, to tell the links apart."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="draft-link-%s", **kwargs)
        for field in self.fields.values():
            # Part of a form that stands after the big one, which is not sent with it.
            field.widget.attrs["form"] = "draft-link-form"


class Sharing(admin.ModelAdmin):
    """Mixin for the admin of posts."""

    class Media:
        js = [forms.Script("js/desk/draft-links.js", type="module")]

    def get_urls(self):
        def deed(address, view, name):
            return path(address, self.admin_site.admin_view(require_POST(view)), name=name)

        return [
            deed("draft-links/<int:key>/revoke/", self.revoke_view, "posts_draftlink_revoke"),
            deed("<path:object_id>/draft-links/", self.share_view, "posts_post_share"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context.update(self.panel_of(request, obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def panel_of(self, request, post) -> dict:
        """What the panel needs: nothing where there is nothing to share and never was."""
        may_share = self.may_share(request, post)
        links = list(post.draft_links.select_related("made_by")[:MOST_SHOWN])
        for link in links:
            # Who may only look at the post may not hand it on.
            link.address = draft_links.address_of(link) if may_share and link.is_open else ""
        return {
            "original": post,
            "share_form": ShareForm() if may_share else None,
            "draft_links": links if self.has_change_permission(request, post) else [],
        }

    def may_share(self, request, post) -> bool:
        return post.is_to_come and self.has_change_permission(request, post)

    def share_view(self, request, object_id):
        post = self.get_object(request, unquote(object_id))
        if not post:
            raise Http404
        if not self.may_share(request, post):
            raise PermissionDenied
        form = ShareForm(request.POST)
        if not form.is_valid():
            told = next(iter(form.errors.values()))[0]
            return self.answer(request, post, told, messages.ERROR)
        if post.draft_links.open().count() >= MOST_OPEN:
            told = _("There are %d open links already. Withdraw one of them first.") % MOST_OPEN
            return self.answer(request, post, told, messages.ERROR)
        draft_links.make(post, request.user, **form.cleaned_data)
        return self.answer(request, post, _("Here is the link. Whoever has it can read the draft."))

    def revoke_view(self, request, key):
        link = DraftLink.objects.filter(pk=key).first()
        post = self.get_object(request, str(link.post_id)) if link else None
        if not post:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        ended = draft_links.revoke(link, request.user)
        told = _("The link is withdrawn.") if ended else _("The link was over already.")
        return self.answer(request, post, told)

    def answer(self, request, post, told, level=messages.SUCCESS):
        """The panel anew to our script, which stays on the page; else the page with a sentence."""
        if request.headers.get("Accept") == "application/json":
            panel = render_to_string(PANEL, self.panel_of(request, post), request)
            failed = level == messages.ERROR
            return JsonResponse({"told": told, "panel": panel}, status=400 if failed else 200)
        self.message_user(request, told, level)
        return HttpResponseRedirect(self.address("change", post.pk) + "#draft-links")

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        draft_links.close_published(form.instance)
