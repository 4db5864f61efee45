"""Mails to the owner about somebody coming in, who may be somebody else."""

import uuid

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import emails
from accounts.models import User
from accounts.throttling import devices
from blogsite import naming
from blogsite.audit.models import Event


def is_new_browser(request, user: User) -> bool:
    """Whether `user` signed in before, and never with the browser of `request`.

    Asked before the sign-in is recorded. The first one ever is no news to its owner.
    """
    device = devices.of(request)
    if device and device.knows(user.email or ""):
        return False
    earlier = Event.objects.filter(
        verb="accounts.signed_in", target_type=user._meta.label_lower, target_id=str(user.pk)
    )
    return earlier.exists()


def new_browser(request, user: User) -> None:
    subject = _("A new sign-in at %(site)s") % {"site": naming.site_name()}
    say(request, user, _("Somebody signed in to your account with a new browser."), subject)


def recovery_code(request, user: User, codes: Authenticator) -> None:
    left = len(codes.wrap().get_unused_codes())
    used = _("A recovery code was used for your account.")
    say(
        request,
        user,
        f"{used} "
        + ngettext("One code is left.", "%(left)d codes are left.", left) % {"left": left},
    )


def say(request, user: User, sentence: str, subject: str = "") -> None:
    if user.email:
        emails.notice(f"notice:{uuid.uuid4().hex}", user.email, sentence, request, subject=subject)
