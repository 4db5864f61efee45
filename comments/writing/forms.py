"""The form under a post, for a guest and for a member, and the one to change a comment."""

from django import forms
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.names import NameField
from comments.models.comment import NAME_MAX_LENGTH, SITE_MAX_LENGTH

BODY_MAX_LENGTH = 10_000  # characters: three pages of prose, or a page with a long listing
EMAIL_MAX_LENGTH = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets

# Django's own sentence speaks of a value, to somebody who wrote a comment.
TOO_LONG = _(
    "This is %(show_value)s characters long, and at most %(limit_value)s fit. Please shorten it, or "
    "send it in parts."
)


class Wish(models.TextChoices):
    """Of what somebody would like to hear by mail."""

    NOTHING = "none", _("No mail")
    THREAD = "thread", _("Answers to my comment")
    POST = "post", _("All new comments under this post")


class TextField(forms.CharField):
    """A comment as it was typed, without empty lines around it.

    Browsers send a line break as two signs and count it as one; so it is stored and counted as
    one here as well.
    """

    widget = forms.Textarea(
        {"rows": 8, "data-comment-text": "", "data-limit": BODY_MAX_LENGTH, "dir": "auto"}
    )

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Your comment"),
            strip=False,
            # No maxlength: browsers would cut a pasted text without a word.
            validators=[MaxLengthValidator(BODY_MAX_LENGTH, TOO_LONG)],
            help_text=format_lazy(
                _(
                    "At most {limit} characters. Markdown works: *emphasis*, `code`, ``` for "
                    "blocks of code, > for quotes, [words](address) for links."
                ),
                limit=f"{BODY_MAX_LENGTH:,}",
            ),
            error_messages={"required": _("Please write something first.")},
            **kwargs,
        )

    def to_python(self, value):
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return text.rstrip().lstrip("\n") if text.strip() else ""


class SiteField(forms.URLField):
    default_validators = (URLValidator(schemes=["http", "https"]),)


class EditForm(forms.Form):
    body = TextField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "comment-write-%s", "label_suffix": ""} | kwargs)


class MemberForm(EditForm):
    """For somebody signed in: nothing to fill in but the text."""

    subscription = forms.ChoiceField(
        label=_("Which mail would you like?"),
        choices=Wish.choices,
        initial=Wish.NOTHING,
        required=False,
        widget=forms.RadioSelect,
    )
    # Plain fields without a check: what stands in them is judged by guards.
    parent = forms.Field(required=False, widget=forms.HiddenInput)
    stamp = forms.Field(required=False, widget=forms.HiddenInput)
    # Its name and the hint mean nothing to programs that fill in forms for people.
    topic = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_for_guest(self) -> bool:
        return "name" in self.fields


class GuestForm(MemberForm):
    name = NameField(
        label=_("Name"),
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput({"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Please say what to call you; a nickname will do.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=EMAIL_MAX_LENGTH,
        help_text=_("Never shown. It is used for the mail you ask for below, and no other."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Please give an e-mail; it is never shown."),
            "invalid": _("This is no complete e-mail, such as ada@example.org."),
        },
    )
    site = SiteField(
        label=_("Site"),
        max_length=SITE_MAX_LENGTH,
        required=False,
        assume_scheme="https",
        help_text=_("Your name will link to it."),
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url"}),
        error_messages={"invalid": _("This is no web address, such as https://example.org.")},
    )
    remember = forms.BooleanField(
        label=_("Remember my name, e-mail and site on this device"), required=False
    )

    field_order = ("body", "name", "email", "site", "remember", "subscription")

    def clean_email(self) -> str:
        """In lower case: no mail server in use tells people apart by it, but people vary it."""
        return self.cleaned_data["email"].lower()
