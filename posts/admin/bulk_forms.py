"""What is asked before many posts are changed; each form knows how to change them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from posts import bulk
from posts.admin.forms import PostForm
from posts.admin.moments import MomentField
from posts.admin.widgets import TagsField
from posts.authors import possible_authors
from posts.models import Tag
from posts.publishing import zones
from posts.tagging import tags_named


class BulkForm(forms.Form):
    """Asked by `user` about `posts`."""

    required_css_class = "required"

    def __init__(self, *args, user, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.posts = user, posts


class AddTags(BulkForm):
    """By their names, as on the page of a post: who makes no new tags there makes none here."""

    title = _("Add tags")
    tag_names = TagsField(label=_("Tags"))
    old_tags = ()

    offer_tags = PostForm.offer_tags
    refuse_unknown = PostForm.refuse_unknown

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_tags(self.fields["tag_names"])

    def clean_tag_names(self):
        names = PostForm.clean_tag_names(self)
        if not names:
            raise ValidationError(_("Name at least one tag."))
        return names

    def apply(self, posts) -> bulk.Outcome:
        return bulk.add_tags(posts, tags_named(self.cleaned_data["tag_names"]), self.user)


class RemoveTags(BulkForm):
    """Of the tags that the posts carry."""

    title = _("Remove tags")
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.none(), label=_("Tags"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [post.pk for post in self.posts]
        self.fields["tags"].queryset = Tag.objects.filter(
            pk__in=Tag.posts.through.objects.filter(post__in=keys).values("tag")
        )

    def apply(self, posts) -> bulk.Outcome:
        return bulk.remove_tags(posts, list(self.cleaned_data["tags"]), self.user)


class NameAuthors(BulkForm):
    """One or several people, beside or instead of those who are named."""

    title = _("Name authors")
    authors = forms.ModelMultipleChoiceField(User.objects.none(), label=_("Authors"))
    instead = forms.TypedChoiceField(
        label=_("How"),
        choices=[("", _("Beside the authors there are")), ("yes", _("Instead of them"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authors"].queryset = possible_authors()

    def apply(self, posts) -> bulk.Outcome:
        people, instead = list(self.cleaned_data["authors"]), self.cleaned_data["instead"]
        return bulk.name_authors(posts, people, self.user, instead=instead)


class Schedule(BulkForm):
    """A moment by the clocks of the editor."""

    title = _("Schedule")
    at = MomentField(label=_("Readers see them from"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].show_in(zones.zone_of(self.user), None)

    def clean_at(self):
        moment = self.cleaned_data["at"]
        if moment <= timezone.now():
            raise ValidationError(_("This time is over. Choose one that is to come."))
        return moment

    def apply(self, posts) -> bulk.Outcome:
        return bulk.schedule(posts, self.cleaned_data["at"], self.user)
