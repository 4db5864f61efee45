"""What the record calls things that people do with accounts."""

from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

verbs.describe(
    "accounts",
    _("People and signing in"),
    {
        "accounts.signed_in": _("%(who)s signed in"),
        "accounts.sign_in_failed": _("%(who)s could not sign in"),
        "accounts.signed_out": _("%(who)s signed out"),
        "accounts.signed_up": _("%(who)s signed up"),
        "accounts.password_changed": _("%(who)s changed a password"),
        "accounts.password_reset": _("%(who)s set a new password by mail"),
        "accounts.email_changed": _("%(who)s changed the e-mail"),
        "accounts.second_step_added": _("%(who)s added a second step"),
        "accounts.second_step_removed": _("%(who)s removed a second step"),
        "accounts.second_step_used": _("%(who)s passed the second step"),
        "accounts.recovery_codes_made": _("%(who)s made recovery codes"),
        "accounts.login_link_made": _("%(who)s made a link that lets %(what)s in"),
        "accounts.session_ended": _("%(who)s signed out a browser"),
        "accounts.role_given": _("%(who)s gave a role to %(what)s"),
        "accounts.role_taken": _("%(who)s took a role from %(what)s"),
        "accounts.permissions_changed": _("%(who)s changed what %(what)s may do"),
        "accounts.profile_changed": _("%(who)s changed their profile"),
        "accounts.exported": _("%(who)s took out all their data"),
        "accounts.leaving": _("%(who)s asked to leave"),
        "accounts.stayed": _("%(who)s stays after all"),
        "accounts.left": _("An account was removed as its owner asked"),
    },
    kinds=["user", "invitation", "accountsettings"],
)
