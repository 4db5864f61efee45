"""What allauth asks this site about second steps."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.devices import device_of
from accounts.second_step import demand, sealing
from blogsite import naming


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        "cannot_delete_authenticator": gettext_lazy(
            "Whoever works at the desk of this site must have a second step, and this is your "
            "last one. Add another before you remove it."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes stand in for a passkey or an app. Set up one of these first."
        ),
        "incorrect_code": gettext_lazy("That did not work. Please try again."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return naming.site_name().replace(":", " ")  # apps take what stands before a colon for it

    def get_public_key_credential_rp_entity(self) -> dict:
        return super().get_public_key_credential_rp_entity() | {"name": naming.site_name()}

    def can_delete_authenticator(self, authenticator) -> bool:
        return not demand.is_last_of_staff(authenticator)

    def generate_authenticator_name(self, user, type) -> str:
        return _("Passkey made with %(device)s") % {"device": device_of(self.request)}


class AsksAgain(DefaultAccountAdapter):
    """Part of the account adapter: when somebody must show again who they are, and how."""

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not within minutes of signing in; allauth would ask even right after it."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        age = timezone.now().timestamp() - latest
        return age >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user) -> list[dict]:
        """The second step of whoever has one, the passkey first; else the password.

        A password alone must not be enough to take the second step away.
        """
        methods = {method["id"]: method for method in super().get_reauthentication_methods(user)}
        words = {
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
            "mfa_reauthenticate": _("Use a code"),
            "reauthenticate": _("Use your password"),
        }
        if len(methods) > 1:
            methods.pop("reauthenticate", None)
        return [
            methods[key] | {"description": description}
            for key, description in words.items()
            if key in methods
        ]
