"""Which other sites one may sign in through."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Offer:
    """Another site by which one may sign in."""

    name: str
    address: str  # of the form that leads there


def offers() -> list[Offer]:
    """Those that the environment names."""
    return [
        Offer(app["name"], address_of(provider, app["provider_id"]))
        for provider, options in settings.SOCIALACCOUNT_PROVIDERS.items()
        for app in options["APPS"]
    ]


def address_of(provider: str, key: str) -> str:
    try:
        return reverse(f"{provider}_login", args=[key])
    except NoReverseMatch:  # one of a kind has no key in its address
        return reverse(f"{provider}_login")
