"""What allauth asks this site."""

import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import emails, moving, notices
from accounts.second_step.adapter import AsksAgain
from accounts.sessions.half_way import EndsHalfWay
from accounts.signing_up import policy
from accounts.throttling.login import ThrottledLogin
from blogsite import client


class AccountAdapter(ThrottledLogin, AsksAgain, EndsHalfWay, DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The password is wrong."),
    }

    def get_client_ip(self, request) -> str:
        return client.address_of(request) or "0.0.0.0"  # noqa: S104 - read, not bound

    def is_ajax(self, request) -> bool:
        """Never: pages are pages, whatever a program says of itself, so there is less to guard."""
        return False

    def is_safe_url(self, url) -> bool:
        """Whether `next` stays on this very site; other hosts that we answer do not count."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def is_open_for_signup(self, request) -> bool:
        return policy.is_open()

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("account_email")

    # --- Mail -------------------------------------------------------------------------

    def send_confirmation_mail(self, request, emailconfirmation, signup) -> None:
        moving.answer.enqueue(emailconfirmation.email_address.pk)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        to = email or user.email
        if to:
            is_alarm = template_prefix not in notices.BEYOND_RESET
            emails.notice(
                f"notice:{uuid.uuid4().hex}",
                to,
                notices.SENTENCES[template_prefix],
                self.request,
                is_alarm=is_alarm,
            )

    def send_mail(self, template_prefix, email, context) -> None:
        """All mails are in `emails`; one that allauth would send beside them is a mistake."""
        raise NotImplementedError(template_prefix)
