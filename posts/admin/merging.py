"""Merging tags: which, into which, and what is said of the one that stays."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from posts import tag_merging
from posts.admin.numbers import count_living
from posts.admin.widgets import MAX_SUGGESTIONS
from posts.models import Tag

MOST_AT_ONCE = 100  # tags on one page, to be read before they are gone


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Merge into"),
        max_length=Tag._meta.get_field("name").max_length,
        help_text=_("The name of the tag that stays: one of these, or any other."),
    )
    description = forms.TypedChoiceField(
        label=_("What its page says"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, tags, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].widget.attrs["list"] = "tag-names"
        self.fields["description"].choices = [
            ("", _("What it says now")),
            *((tag.pk, tag.description) for tag in tags if tag.description),
        ]

    def clean_into(self):
        name = " ".join(self.cleaned_data["into"].split())
        # Compared here: a database knows upper and lower case of some scripts only.
        alike = [tag for tag in Tag.objects.all() if tag.name.casefold() == name.casefold()]
        exact = [tag for tag in alike if tag.name == name]
        if not alike:
            raise ValidationError(_("There is no tag “%(name)s”."), params={"name": name})
        return (exact or alike)[0]


class Merging(admin.ModelAdmin):
    """Mixin for the admin of tags."""

    actions = ["merge_selected"]

    def has_merge_permission(self, request) -> bool:
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=_("Merge into…"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        """Asks first: the page tells what is about to happen, for nobody can take it back."""
        tags = list(queryset[: MOST_AT_ONCE + 1])
        if len(tags) > MOST_AT_ONCE:
            told = gettext("Please merge at most %d tags at once.") % MOST_AT_ONCE
            self.message_user(request, told, messages.ERROR)
            return None
        count_living(tags)
        largest = max(tags, key=lambda tag: tag.living)
        is_sent = "into" in request.POST
        form = MergeForm(tags, request.POST if is_sent else None, initial={"into": largest.name})
        if is_sent and form.is_valid():
            return self.merge(request, tags, form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": _("Merge tags"),
            "opts": self.opts,
            "tags": tags,
            "form": form,
            "has_descriptions": any(tag.description for tag in tags),
            "names": Tag.objects.values_list("name", flat=True)[:MAX_SUGGESTIONS],
        }
        return TemplateResponse(request, "admin/posts/merge_tags.html", context)

    def merge(self, request, tags, wish) -> None:
        into, words = wish["into"], {tag.pk: tag.description for tag in tags}
        count = tag_merging.merge(
            tags, into, by=request.user, description=words.get(wish["description"])
        )
        if not count:
            told = gettext("A tag cannot be merged into itself. Choose another, or mark more.")
            self.message_user(request, told, messages.WARNING)
            return
        told = ngettext(
            "%(count)d tag became “%(name)s”. Its old addresses lead there.",
            "%(count)d tags became “%(name)s”. Their old addresses lead there.",
            count,
        )
        self.message_user(request, told % {"count": count, "name": into}, messages.SUCCESS)
