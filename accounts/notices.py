"""What is said by mail when an account changes, by the name that allauth has for it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed by a link from a mail."),
    "account/email/password_set": _("Your account got a password."),
    "account/email/email_changed": _("Your account now has another e-mail than this one."),
    "account/email/email_deleted": _("A new e-mail that waited for its confirmation was dropped."),
    "mfa/email/totp_activated": _("Codes from an app are now asked for when you sign in."),
    "mfa/email/totp_deactivated": _("Codes from an app are no longer asked for."),
    "mfa/email/recovery_codes_generated": _(
        "New recovery codes were made; the old ones no longer work."
    ),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "socialaccount/email/account_connected": _(
        "Signing in through another site was allowed for your account."
    ),
    "socialaccount/email/account_disconnected": _(
        "Signing in through another site is no longer allowed for your account."
    ),
}
# These go to an address that the account no longer has, so a new password is no way out.
BEYOND_RESET = {"account/email/email_changed"}
