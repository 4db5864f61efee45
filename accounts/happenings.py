"""The events about an account, as its owner reads them."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accounts.signed_in": _("You signed in."),
    "accounts.sign_in_failed": _(
        "Somebody tried to sign in and did not know the password or code."
    ),
    "accounts.signed_out": _("You signed out."),
    "accounts.signed_up": _("You made this account."),
    "accounts.password_changed": _("The password was changed."),
    "accounts.password_reset": _("The password was replaced by a link from a mail."),
    "accounts.email_changed": _("The e-mail was changed."),
    "accounts.second_step_added": _("A second step was added."),
    "accounts.second_step_removed": _("A second step was removed."),
    "accounts.recovery_codes_made": _("Recovery codes were made."),
    "accounts.login_link_made": _("An operator of the site made a link that signs in as you."),
    "accounts.session_ended": _("Other browsers were signed out."),
    "accounts.role_given": _("You were given a role."),
    "accounts.role_taken": _("A role was taken from you."),
    "accounts.exported": _("A file with all your data was made."),
    "accounts.leaving": _("You asked to have this account deleted."),
    "accounts.left": _("This account was deleted."),
}
