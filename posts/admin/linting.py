"""The linter at the desk: findings beside the text, and what they hold back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from posts import access
from posts.linting import blocking, check
from posts.linting.waiving import waive
from posts.linting.wording import label_of, summary_of
from posts.models import Image, Post, Waiver
from posts.models.publication import BODY_MAX_LENGTH

GOING_PUBLIC = {"_publish", "_approve"}
STAYING_HIDDEN = {"_submit", "_send_back", "_take_back", "_unpublish"}
LATEST_WAIVERS = 3
MAX_KEY = 2**63 - 1  # of a row; no database takes a larger one
NAMED = 20  # findings that a refusal names; the panel has the rest


class Waivable(forms.ModelForm):
    """Mixin for the form of a text: what is broken is not published without a reason.

    What readers see already may be saved: a correction must not have to wait for a link.
    """

    linted_for = None  # the user, who learns of no text that is not theirs to see
    may_waive = True  # whether the user decides what readers see
    waive_reason = forms.CharField(
        label=_("Publish all the same, because"),
        required=False,
        max_length=Waiver._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.was_public = bool(self.instance.pk) and self.instance.is_published
        self.held_back = []
        if not self.may_waive:
            self.fields.pop("waive_reason")

    def clean_waive_reason(self):
        return " ".join(self.cleaned_data["waive_reason"].split())

    def _post_clean(self):
        """Once the instance holds what was sent, for that is what is looked at."""
        super()._post_clean()
        if self.errors or not self.goes_public():
            return
        self.held_back = blocking(self.instance, self.linted_for)
        if self.held_back and not self.cleaned_data.get("waive_reason"):
            field = "waive_reason" if "waive_reason" in self.fields else None
            self.add_error(field, self.refusals())

    def goes_public(self) -> bool:
        if self.was_public or not STAYING_HIDDEN.isdisjoint(self.data):
            return False
        return bool(self.instance.published_at) or not GOING_PUBLIC.isdisjoint(self.data)

    def refusals(self) -> list[ValidationError]:
        first = _("This holds back publishing. Mend it, or give a reason to publish all the same.")
        return [
            ValidationError(first),
            *(ValidationError(words(f)) for f in self.held_back[:NAMED]),
        ]


def words(finding) -> str:
    if finding.line is None:
        return finding.message
    return _("Line %(line)d: %(message)s") % {"line": finding.line, "message": finding.message}


class UnsavedText(forms.Form):
    """What the page holds of a text, as far as the linter looks at it."""

    pk = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)
    title = forms.CharField(required=False, max_length=1000)
    slug = forms.CharField(required=False, max_length=200)
    summary = forms.CharField(required=False, max_length=BODY_MAX_LENGTH)
    body = forms.CharField(required=False, strip=False, max_length=BODY_MAX_LENGTH)
    cover = forms.IntegerField(required=False, min_value=1, max_value=MAX_KEY)
    cover_alt = forms.CharField(required=False, max_length=1000)

    def fill(self, text, user) -> None:
        """Put what was sent on `text`, which is not saved."""
        names = ["title", "slug", "body"]
        if isinstance(text, Post):
            names += ["summary", "cover_alt"]
            text.cover = self.cover_for(text, user)
        for name in names:
            setattr(text, name, self.cleaned_data[name])

    def cover_for(self, text, user) -> Image | None:
        """The picture that was chosen, where it is the user's or was there already."""
        pk = self.cleaned_data["cover"]
        if pk == text.cover_id:
            return text.cover
        return access.images_at_desk_of(user).filter(pk=pk).first()


class Linted:
    """Mixin for the admin of texts."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.linted_for = request.user
        form.may_waive = self.has_publish_permission(request)
        return form

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        reason = form.cleaned_data.get("waive_reason", "")
        if form.held_back and reason:
            waive(form.instance, form.held_back, reason, request.user)
        elif form.was_public and form.has_changed():
            self.warn_of_findings(request, form.instance)

    def warn_of_findings(self, request, text) -> None:
        count = len(blocking(text, request.user))
        if count:
            said = ngettext(
                "Readers have it already, but the linter found %d thing that should be mended.",
                "Readers have it already, but the linter found %d things that should be mended.",
                count,
            )
            self.message_user(request, said % count, messages.WARNING)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        text = form.instance if form.is_bound else obj
        is_shown = text is not None and not text.deleted_at
        context["findings"] = told(check(text, request.user)) if is_shown else None
        context["waivers"] = self.latest_waivers(obj) if obj else []
        context["lint_url"] = reverse(f"admin:posts_{self.opts.model_name}_lint")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def latest_waivers(self, text):
        return text.waivers.select_related("waived_by")[:LATEST_WAIVERS]

    def get_urls(self):
        lint = path(
            "lint/",
            self.admin_site.admin_view(require_POST(self.lint_view)),
            name=f"posts_{self.opts.model_name}_lint",
        )
        return [lint, *super().get_urls()]

    def lint_view(self, request):
        """What is to be mended in a text as the page holds it."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        form = UnsavedText(request.POST)
        if not form.is_valid():
            return JsonResponse({"error": str(_("The text is too long."))}, status=400)
        text = self.text_of(request, form.cleaned_data["pk"])
        form.fill(text, request.user)
        response = JsonResponse(told(check(text, request.user)))
        patch_cache_control(response, private=True, no_store=True)
        return response

    lint_view.writes_nothing = True

    def text_of(self, request, pk):
        """The stored text, for what was let through of it; a new one where there is none."""
        if not pk:
            return self.model()
        text = self.get_object(request, str(pk))
        if text is None or not self.has_view_permission(request, text):
            raise Http404
        return text


def told(findings) -> dict:
    """Findings as the panel and its script take them: what holds back first, then by line."""
    return {
        "summary": summary_of(findings),
        "blocks": any(finding.blocks for finding in findings),
        "findings": [
            {
                "line": finding.line,
                "message": finding.message,
                "label": label_of(finding),
                "severity": "waived" if finding.waived else str(finding.severity),
            }
            for finding in sorted(findings, key=lambda each: not each.blocks)
        ],
    }
