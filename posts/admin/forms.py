"""The forms in which posts and pages are written."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from posts import access
from posts.admin.correcting import Correctable
from posts.admin.freshness import FreshForm
from posts.admin.linting import Waivable
from posts.admin.plannable import Plannable
from posts.admin.publishing import DatedForm
from posts.admin.reviewable import Reviewable
from posts.admin.stale import FromRevision
from posts.admin.widgets import BodyField, TagsField
from posts.models import Image, Tag
from posts.slugs import free_slug
from posts.tagging import names_in, tags_known_to, tags_named

SLUG_FROM = 60  # characters of a text without a title


class PublicationForm(FromRevision, DatedForm, Waivable, forms.ModelForm):
    body = BodyField(label=_("Text"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Absent where the reader may look and not change.
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["title"].widget.attrs["placeholder"] = _("Title")

    def is_multipart(self):
        """Always: a long text in another script would outgrow the limit for encoded forms."""
        return True

    def clean(self):
        """A publication says something: a save of an empty form is a slip."""
        cleaned = super().clean()
        is_writable = "body" in self.fields and "title" in self.fields
        says_something = cleaned.get("title") or (cleaned.get("body") or "").strip()
        if is_writable and not says_something and not self.errors:
            raise ValidationError(_("Write a title or some text first."))
        return cleaned

    def clean_body(self):
        return self.fields["body"].kept(self.cleaned_data["body"], self.instance.body)

    def clean_slug(self):
        slug = self.cleaned_data["slug"] or self.instance.slug or self.make_slug()
        others = self._meta.model.everything.exclude(pk=self.instance.pk)
        if others.trashed().filter(slug=slug).exists():
            # The check that Django makes does not see what is in the trash.
            raise ValidationError(_("Something in the trash has this address. Choose another."))
        return slug

    def make_slug(self) -> str:
        text = self.data.get("title", "").strip() or self.data.get("body", "").strip()
        return free_slug(self._meta.model, text[:SLUG_FROM])


class PostForm(FreshForm, Plannable, Reviewable, Correctable, PublicationForm):
    """A post, as far as `user` may decide about it; the admin makes a form for each request."""

    user = None
    tag_names = TagsField(label=_("Tags"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.old_tags = list(self.instance.tags.all()) if self.instance.pk else []
        self.initial["tag_names"] = ", ".join(tag.name for tag in self.old_tags)
        if "tag_names" in self.fields:
            self.offer_tags(self.fields["tag_names"])
        if "cover" in self.fields:
            self.fields["cover"].queryset = self.possible_covers()

    def offer_tags(self, field):
        field.widget.tags = tags_known_to(self.user)
        if not self.user.has_perm("posts.add_tag"):
            field.help_text = _("Separated by commas. Editors make new tags.")

    def possible_covers(self):
        """The user's pictures, and the one that an editor chose for them."""
        return access.images_at_desk_of(self.user) | Image.everything.filter(
            pk=self.instance.cover_id
        )

    def clean_tag_names(self):
        names = names_in(self.cleaned_data["tag_names"])
        most = Tag._meta.get_field("name").max_length
        for name in names:
            if len(name) > most:
                raise ValidationError(
                    _("A tag has at most %(most)d characters: %(name)s…"),
                    params={"most": most, "name": name[:30]},
                )
        if not self.user.has_perm("posts.add_tag"):
            self.refuse_unknown(names)
        return names

    def refuse_unknown(self, names: list[str]) -> None:
        """Also of a tag that only hidden posts carry: its name is nobody's business yet."""
        known = {tag.name.casefold() for tag in [*tags_known_to(self.user), *self.old_tags]}
        for name in names:
            if name.casefold() not in known:
                raise ValidationError(
                    _("There is no tag “%(name)s”. Leave it out, or ask an editor to make it."),
                    params={"name": name},
                )

    def clean_summary(self):
        return self.cleaned_data["summary"].replace("\r\n", "\n")

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.tags.set(tags_named(self.cleaned_data["tag_names"]))
