"""allauth's forms about second steps, with our words, limits and codes that count once.

The bytes of a credential come from whoever sends the form. Whatever the libraries that read them
trip over is an answer that is wrong, not a fault of the site.
"""

import struct

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.second_step import codes
from accounts.throttling import answering, signing_in, tallies

NAME_MAX_LENGTH = 60
CODE_MAX_LENGTH = 40  # a recovery code with blanks between its digits, and room to spare
CREDENTIAL_MAX_LENGTH = 30_000  # an attestation with its certificates has some thousand letters
BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    InvalidSignature,
    UnsupportedAlgorithm,
)


def code_field(label) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=CODE_MAX_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"}
        ),
    )


def guard(user) -> list[tallies.Claim]:
    """Count a try of a code; raises ValidationError where too many went before."""
    claims = signing_in.code_claims(context.request, user.email or "")
    wait = tallies.take(claims)
    if wait:
        raise ValidationError(answering.must_wait(context.request, wait), code="too_many")
    return claims


class CodeOnce:
    """Mixin: a code of one's app or a recovery code, taken once."""

    def clean_code(self):
        claims = guard(self.user)
        code = self.cleaned_data["code"]
        authenticator = codes.accept(self.user, code)
        if authenticator is None:
            self.tell_of_failure()
            raise get_adapter().validation_error("incorrect_code")
        authenticator.user = self.user
        self.authenticator = authenticator
        tallies.give_back(claims)
        return code

    def tell_of_failure(self):
        wanted = codes.Type.TOTP, codes.Type.RECOVERY_CODES
        main = (
            Authenticator.objects.filter(user=self.user, type__in=wanted).order_by("-type").first()
        )
        if main:
            self._emit_authentication_failed(main)


class AuthenticateForm(CodeOnce, base.AuthenticateForm):
    code = code_field(_("Code"))


class ReauthenticateForm(CodeOnce, base.ReauthenticateForm):
    code = code_field(_("Code"))


class ActivateAppForm(totp.ActivateTOTPForm):
    code = code_field(_("The code that the app shows now"))


class CarefulCredential:
    """Mixin: a credential that cannot be read is a wrong one."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class CredentialField(forms.JSONField):
    """What a browser answered, as JSON; passkeys.js fills it in."""

    def __init__(self):
        wrong = {"invalid": get_adapter().error_messages["incorrect_code"]}
        super().__init__(
            max_length=CREDENTIAL_MAX_LENGTH, widget=forms.HiddenInput, error_messages=wrong
        )

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data, initial):
        """Nothing: what was sent is good for one try and is not shown again."""
        return ""

    def prepare_value(self, value):
        return ""


class AddPasskeyForm(webauthn._BaseAddWebAuthnForm):
    name = forms.CharField(
        label=_("Its name"),
        max_length=NAME_MAX_LENGTH,
        required=False,
        help_text=_("For yourself, to tell it from others later."),
    )
    credential = CredentialField()

    def clean_credential(self):
        """What of it is looked at again; anything else is not stored."""
        sent = self.cleaned_data["credential"]
        try:
            response = sent["response"]
            kept = {
                "id": str(sent["id"]),
                "rawId": str(sent["rawId"]),
                "type": "public-key",
                "response": {
                    "clientDataJSON": str(response["clientDataJSON"]),
                    "attestationObject": str(response["attestationObject"]),
                },
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        except BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if "\0" in str(kept) or "\\x00" in str(kept):
            raise get_adapter().validation_error("incorrect_code")
        return kept

    def clean(self):
        try:
            return super().clean()
        except BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Its name"), max_length=NAME_MAX_LENGTH)


class LoginPasskeyForm(CarefulCredential, webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class AuthenticatePasskeyForm(CarefulCredential, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class ReauthenticatePasskeyForm(CarefulCredential, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()
