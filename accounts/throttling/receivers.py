"""Who has signed in, by whichever way, is known from then on."""

from allauth.account.signals import email_changed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from accounts.throttling import devices
from accounts.throttling.signing_in import forgive


@receiver(user_logged_in)
def open_account_and_remember_browser(sender, request, user, **kwargs):
    forgive(user)
    if request is not None and user.email:
        devices.remember(request, user.email)


@receiver(email_changed)
def remember_browser_under_new_address(sender, request, user, **kwargs):
    if request is not None and request.user == user and user.email:
        devices.remember(request, user.email)
