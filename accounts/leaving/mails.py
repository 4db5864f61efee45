"""The two mails to somebody who leaves."""

from django.utils.translation import gettext as _

from accounts import emails
from accounts.models import User
from blogsite import naming


def leaving(user: User) -> None:
    """Say when the account will go, and how to keep it: somebody else may have asked."""
    subject = _("Your account at %(site)s will be removed") % {"site": naming.site_name()}
    context = {"leaves_at": user.leaves_at}
    cause = f"leaving:{user.pk}:{user.leaves_at:%Y%m%d%H%M%S}"
    emails.send(cause, user.email, "leaving", subject, context)


def left(user: User) -> None:
    """Say that it is done."""
    subject = _("Your account at %(site)s is removed") % {"site": naming.site_name()}
    emails.send(f"left:{user.pk}", user.email, "left", subject, {})
