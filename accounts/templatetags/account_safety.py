from django import template
from django.utils.translation import gettext_lazy as _

from accounts.devices import device_called

register = template.Library()

WAYS = {
    "password": _("password"),
    "webauthn": _("passkey"),
    "totp": _("code from the app"),
    "recovery_codes": _("recovery code"),
    "socialaccount": _("account elsewhere"),
    "login_link": _("link from the command line"),
}


@register.filter
def browser_name(user_agent: str) -> str:
    """Such as "Firefox on Linux"."""
    return device_called(user_agent)


@register.filter
def ways_in(methods: list[str]) -> str:
    """By what somebody signed in, as `["password", "totp"]`, in words."""
    return ", ".join(str(WAYS.get(method, method)) for method in methods)
