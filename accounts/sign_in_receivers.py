"""What happens when somebody signs in or out, or changes how they do: what allauth and Django
announce, recorded, and the sessions that end with it."""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions import signals as allauth_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts import recording, telling
from accounts.second_step import codes
from accounts.sessions import ending, tracking

# allauth looks each session of a person up, one by one, at every sign-in.
account.user_logged_in.disconnect(allauth_sessions.on_user_logged_in)
account.password_changed.disconnect(allauth_sessions.on_password_changed)
account.password_set.disconnect(allauth_sessions.on_password_changed)


# --- In and out -----------------------------------------------------------------------


@receiver(user_logged_in)
def start_session(sender, request, user, **kwargs):
    tracking.begin(request, user)


@receiver(account.user_logged_in)
def record_sign_in(sender, request, user, **kwargs):
    is_new = telling.is_new_browser(request, user)
    recording.signed_in(request, user)
    if is_new:
        telling.new_browser(request, user)


@receiver(account.authentication_step_completed)
def renew_key(sender, request, user, reauthenticated=False, **kwargs):
    """Whoever proves again who they are has a session with more power than its old copy had."""
    if reauthenticated and request.session.session_key:
        ending.change_key(request.session)


@receiver(user_login_failed)
def record_failure(sender, credentials, **kwargs):
    recording.sign_in_failed(str(credentials.get("email") or credentials.get("username") or ""))


@receiver(user_logged_out)
def end_session(sender, request, user, **kwargs):
    if user is not None and user.is_authenticated:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        recording.signed_out(user)


# --- Password and address -------------------------------------------------------------


@receiver([account.password_changed, account.password_set])
def record_password(sender, user, **kwargs):
    recording.happened("password_changed", user)


@receiver(account.password_reset)
def record_reset(sender, user, **kwargs):
    recording.happened("password_reset", user)


@receiver(account.email_changed)
def record_address(sender, user, **kwargs):
    recording.happened("email_changed", user)


# --- Second step ----------------------------------------------------------------------


@receiver(mfa.authenticator_added)
def record_new_step(sender, request, user, authenticator, **kwargs):
    """Whoever was signed in elsewhere came in without it."""
    if authenticator.type == Authenticator.Type.TOTP:
        codes.use_up_app_code(authenticator, request.POST.get("code", ""))  # it set the app up
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        recording.happened("recovery_codes_made", user)
    else:
        recording.happened("second_step_added", user, kind=authenticator.type)
        ending.end_others(user)


@receiver(mfa.authenticator_removed)
def record_removed_step(sender, user, authenticator, **kwargs):
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        recording.happened("second_step_removed", user, kind=authenticator.type)


@receiver(mfa.authenticator_reset)
def record_new_codes(sender, user, **kwargs):
    recording.happened("recovery_codes_made", user)


@receiver(mfa.authenticator_used)
def record_step(sender, request, user, authenticator, reauthenticated, **kwargs):
    details = {"again": True} if reauthenticated else {}
    recording.happened("second_step_used", user, kind=authenticator.type, **details)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        telling.recovery_code(request, user, authenticator)


@receiver(mfa.authentication_failed)
def record_failed_step(sender, user, authenticator, **kwargs):
    recording.second_step_failed(user, authenticator.type)
