"""The forms at the entrance, and those of e-mail and password."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import NameField
from accounts.throttling.forms import ChangePassword
from blogsite.outgoing import addresses

NAME_LENGTH = User._meta.get_field("display_name").max_length
# Long enough for any sentence; hashing megabytes would keep the server busy for nothing.
PASSWORD_LENGTH = 1000


class AddressField(forms.EmailField):
    """An e-mail that mail can be sent to, in small letters."""

    def __init__(self, **kwargs):
        kwargs = {"label": _("E-mail"), "max_length": addresses.MAX_ADDRESS} | kwargs
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "email"

    def clean(self, value):
        email = super().clean(value).lower()
        try:
            return addresses.checked(email)
        except ValueError as error:
            raise ValidationError(self.default_validators[0].message) from error


class PasswordField(forms.CharField):
    """A password that is known already, or with `is_new` one that is made up now."""

    def __init__(self, *, is_new: bool = False, **kwargs):
        kwargs = {"label": _("Password"), "strip": False, "max_length": PASSWORD_LENGTH} | kwargs
        attrs = {"autocomplete": "new-password" if is_new else "current-password"}
        attrs["data-password"] = ""
        super().__init__(widget=forms.PasswordInput(attrs=attrs), **kwargs)
        if is_new and not self.help_text:
            self.help_text = _("At least ten characters; three or four unusual words are fine.")


# --- The entrance -----------------------------------------------------------------


class AddressForm(forms.Form):
    """Asks for an e-mail, and for nothing else that a person would see."""

    email = AddressField()
    # Only programs fill this in; its name is one that they like.
    website = forms.CharField(required=False, label=_("Leave this empty"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class SignInForm(allauth_forms.LoginForm):
    password = PasswordField()
    remember = forms.BooleanField(
        label=_("Stay signed in on this device"), required=False, initial=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.order_fields(["login", "password", "remember"])


class FinishForm(forms.Form):
    """What is still missing of an account whose address is known."""

    name = NameField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("Shown to readers beside what you write. It may be any name you like."),
    )
    password = PasswordField(is_new=True)

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password"):
            person = User(email=self.email, display_name=cleaned.get("name", ""))
            try:
                password_validation.validate_password(cleaned["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


# --- E-mail and password ------------------------------------------------------------


class NewAddressForm(allauth_forms.UserForm):
    """Looks at nobody else's address, so it can tell nothing of them."""

    email = AddressField(label=_("New e-mail"))

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email == (self.user.email or "").lower():
            raise ValidationError(_("This is your address already."))
        return email

    save = allauth_forms.AddEmailForm.save


class NewPassword:
    """Mixin: one field for a new password, held against the person it is for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"] = PasswordField(is_new=True, label=_("New password"))
        self.fields.pop("password2", None)
        if "oldpassword" in self.fields:
            self.fields["oldpassword"] = PasswordField(label=_("Password until now"))

    def clean_password1(self) -> str:
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)


class ChangePasswordForm(NewPassword, ChangePassword):
    pass


class SetPasswordForm(NewPassword, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    pass
