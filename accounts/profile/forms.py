"""The forms of one's profile. What is not named here, nobody changes through them."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import NameField
from accounts.profile.handles import is_taken
from accounts.profile.zones import zone_choices

MOST_LINKS = 10  # a row of them under a post; more is a page of its own
LINK_MAX_LENGTH = 500

is_web_address = URLValidator(schemes=["http", "https"])


class ProfileForm(forms.ModelForm):
    display_name = NameField(
        label=_("Name"),
        max_length=User._meta.get_field("display_name").max_length,
        help_text=_("How readers see you."),
        widget=forms.TextInput({"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Please say what to call you; a nickname will do.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_(
            "For the times on these pages, and those you set at the desk. Public pages are in UTC."
        ),
    )

    class Meta:
        model = User
        fields = ["display_name", "handle", "bio", "links", "time_zone"]
        help_texts = {
            "handle": _(
                "Letters, digits, hyphens and underscores: the end of the address of your author page, should "
                "you publish posts. A former address leads on to the new one."
            ),
            "links": _("One address a line, at most ten: your own site, a profile elsewhere."),
        }
        error_messages = {
            "handle": {
                "invalid": _("Only letters, digits, hyphens and underscores, please; no blanks."),
                "required": _("Please give one; readers find you by it."),
            },
        }
        widgets = {
            "bio": forms.Textarea({"rows": 4, "dir": "auto"}),
            "links": forms.Textarea({"rows": 4, "inputmode": "url"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        self.fields["handle"].required = True
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)

    def clean_handle(self) -> str:
        handle = unicodedata.normalize("NFKC", self.cleaned_data["handle"])
        if is_taken(handle, self.instance):
            raise ValidationError(_("Somebody already has this handle."))
        return handle

    def clean_links(self) -> str:
        lines = (line.strip() for line in self.cleaned_data["links"].splitlines())
        links = list(dict.fromkeys(line for line in lines if line))  # each once, in their order
        if len(links) > MOST_LINKS:
            raise ValidationError(_("At most %(most)d links fit."), params={"most": MOST_LINKS})
        for link in links:
            check_link(link)
        return "\n".join(links)


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("New picture"),
        help_text=_("JPEG, PNG, GIF, WebP or AVIF. A square of it is kept, and nothing else."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/gif,image/webp,image/avif"}),
        error_messages={
            "required": _("Please choose a picture."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


def check_link(link: str) -> None:
    """Raises ValidationError for what is no http(s) address."""
    try:
        is_web_address(link)
    except ValidationError as error:
        words = _("“%(link)s” is no web address, such as https://example.org.")
        raise ValidationError(words, params={"link": link[:100]}) from error
    if len(link) > LINK_MAX_LENGTH:
        raise ValidationError(_("One of the links is too long."))
