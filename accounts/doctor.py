"""What the doctor asks about people: who could get in too easily, and who could not get in."""

from django.conf import settings

from accounts.models import AccountSettings, User
from accounts.second_step.resealing import old_rows
from blogsite.doctor import Finding, check


@check("first password")
def first_password():
    count = User.objects.filter(has_first_password=True, is_active=True).count()
    if count:
        yield Finding.unsafe(
            "The administrator still has the password that the first start printed. Sign in and"
            " change it at /account/password/."
        )
    else:
        yield Finding.fine("Nobody is known to have the password that the first start printed.")


@check("second step")
def second_step():
    people = User.objects.filter(is_superuser=True, is_active=True)
    without = people.filter(authenticator=None).distinct().count()
    if without:
        yield Finding.unfinished(
            f"Administrators without a passkey or codes from an app: {without} of {people.count()}."
            " Each can add one at /account/second-step/."
        )
    else:
        yield Finding.fine("Every administrator signs in with a second step.")


@check("former secret key")
def former_secret_key():
    if not settings.SECRET_KEY_FALLBACKS:
        return
    count = sum(1 for _row in old_rows())
    if count:
        yield Finding.unfinished(
            f"Second steps that only a key of SECRET_KEY_FALLBACKS opens: {count}. Run"
            " `manage.py reseal_second_steps` before you take that key out."
        )
    else:
        yield Finding.fine("No second step needs a key of SECRET_KEY_FALLBACKS.")


@check("sign-up")
def sign_up():
    is_open = AccountSettings.load().sign_up == AccountSettings.SignUp.OPEN
    if is_open and settings.MAIL_TRANSPORT != "server":
        yield Finding.unfinished(
            "Everyone may sign up, but no mail server is set, so nobody can confirm an address."
        )
    else:
        yield Finding.fine("Sign-up fits the mail server.")
