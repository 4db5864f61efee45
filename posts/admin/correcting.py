"""The line in the form of a post by which readers learn what was wrong in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posts.models import Revision


class Correctable(forms.ModelForm):
    """Mixin for the form of a post: a correction, once readers could have read the mistake."""

    correction = forms.CharField(
        label=_("Correction"),
        required=False,
        max_length=Revision._meta.get_field("correction").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One line that readers see under the post and in feeds, with today's date."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk or not self.instance.is_published:
            self.fields.pop("correction", None)

    def clean_correction(self):
        return " ".join(self.cleaned_data["correction"].split())
