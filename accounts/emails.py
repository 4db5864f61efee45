"""The mails about accounts, one function each.

Each queues one mail in the current transaction, under a cause that lets it go out once. None holds
anything that somebody typed but the name of a device, cut to a line.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.devices import device_of, network_of
from accounts.models import Invitation, User
from blogsite import naming
from blogsite.outgoing import addresses, mail

HEADERS = {"Auto-Submitted": "auto-generated"}


# --- With a link that lets somebody in ------------------------------------------------


def sign_up_link(cause: str, to: str, link: str) -> None:
    """Lead somebody to the page where their account begins."""
    subject = _("Your account at %(site)s") % {"site": naming.site_name()}
    send(cause, to, "sign_up", subject, {"link": link}, secret=True)


def already_here(cause: str, to: str) -> None:
    """Tell somebody who asked for an account that they have one."""
    subject = _("You have an account at %(site)s") % {"site": naming.site_name()}
    send(cause, to, "already_here", subject, {"reset_address": address("account_reset_password")})


def invitation(cause: str, invitation: Invitation, link: str) -> None:
    subject = _("You are invited to %(site)s") % {"site": naming.site_name()}
    inviter = invitation.invited_by.name if invitation.invited_by else ""
    context = {
        "link": link,
        "inviter": addresses.one_line(inviter)[:60],
        "roles": ", ".join(invitation.roles.values_list("name", flat=True)),
        "desk": address("admin:index"),
    }
    send(cause, invitation.email, "invitation", subject, context, secret=True)


def reset_link(cause: str, user: User, link: str) -> None:
    subject = _("A new password for %(site)s") % {"site": naming.site_name()}
    send(cause, user.email, "reset", subject, {"link": link}, secret=True)


def confirm_address(cause: str, to: str, link: str) -> None:
    """Ask whether a mailbox belongs to the account that names it."""
    subject = _("Confirm your new e-mail for %(site)s") % {"site": naming.site_name()}
    send(cause, to, "confirm_address", subject, {"link": link}, secret=True)


# --- Notices ------------------------------------------------------------------------


def notice(
    cause: str,
    to: str,
    what: str | Promise,
    request,
    *,
    is_alarm: bool = True,
    subject: str = "",
) -> None:
    """Tell somebody of a change to their account: when, and by which browser from where.

    `what` is a whole sentence. With `is_alarm` the mail says what to do if it was somebody else.
    """
    context = {
        "what": what,
        "at": timezone.now(),
        "device": device_of(request),
        "network": network_of(request),
        "is_alarm": is_alarm,
        "reset_address": address("account_reset_password"),
    }
    subject = subject or _("Your account at %(site)s was changed") % {"site": naming.site_name()}
    send(cause, to, "notice", subject, context)


# --- All of them --------------------------------------------------------------------


def send(cause: str, to: str, template: str, subject: str, context: dict, *, secret=False) -> None:
    """Render both parts in the site's language and queue the mail."""
    with translation.override(settings.LANGUAGE_CODE):
        name = addresses.one_line(naming.site_name())[:100]
        context = context | {
            "site_name": name,
            "site_url": settings.SITE_URL,
            "home_address": address("accounts:home"),
            "language": settings.LANGUAGE_CODE,
            "is_rtl": translation.get_language_bidi(),
        }
        mail.queue(
            cause,
            to,
            subject,
            tidy(render_to_string(f"account/email/{template}.txt", context)),
            render_to_string(f"account/email/{template}.html", context),
            HEADERS,
            sender_name=name,
            secret=secret,
        )


def address(name: str, *args: str) -> str:
    """The full address of a page of this site; never by the Host header of a request."""
    return settings.SITE_URL + reverse(name, args=args)


def cause_for(kind: str, subject: str, moment: datetime | None = None) -> str:
    """A cause that tells nobody who `subject` is; with `moment` one for each hour."""
    digest = salted_hmac("accounts.emails", subject, algorithm="sha256").hexdigest()[:32]
    return f"{kind}:{digest}" + (f":{moment:%Y%m%d%H}" if moment else "")


def tidy(text: str) -> str:
    """Without the empty lines that the tags of a template leave behind."""
    lines = [line if line.strip() else "" for line in text.strip().split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept) + "\n"
