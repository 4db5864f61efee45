"""The words that go with a step of a review, as fields of the form of a post."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from posts.models.review import NOTE_MAX_LENGTH


class Reviewable(forms.ModelForm):
    """Mixin for the form of a post."""

    review_note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    @property
    def changed_data(self):
        """A note is no change of the text."""
        return [name for name in super().changed_data if name != "review_note"]

    def clean_review_note(self):
        note = self.cleaned_data["review_note"].strip().replace("\r\n", "\n")
        if "_send_back" in self.data and not note:
            raise ValidationError(_("Say in a note why it comes back."))
        return note
