"""The settings. What is worse than this does not start at all; see `blogsite.safety`."""

from django.conf import settings

from blogsite.doctor.examining import Finding, check
from blogsite.safety import is_public, is_this_machine


@check("secret key")
def key():
    if settings.DEBUG and len(settings.SECRET_KEY) < 50:
        yield Finding.unfinished("SECRET_KEY is short, which only DEBUG allows.")
    elif count := len(settings.SECRET_KEY_FALLBACKS):
        yield Finding.unfinished(
            f"Earlier keys are still taken: {count}. docs/operations.md says when they can go."
        )
    else:
        yield Finding.fine("SECRET_KEY is long, and the only one.")


@check("debug")
def debug():
    if settings.DEBUG:
        yield Finding.unsafe(
            "DEBUG is on: errors show the insides of the site. Only for development."
        )
    else:
        yield Finding.fine("DEBUG is off.")


@check("address")
def address():
    if settings.HTTPS or is_this_machine(settings.SITE_HOST):
        yield Finding.fine(f"The site's address is {settings.SITE_URL}.")
    elif is_public(settings.SITE_HOST):
        yield Finding.unsafe(
            f"SITE_URL is {settings.SITE_URL}, so passwords cross the internet readable. Set up https"
            " (docs/operations.md) and begin SITE_URL with https."
        )
    else:
        yield Finding.unfinished(
            f"SITE_URL is {settings.SITE_URL}: everybody in this network can read what is sent."
        )


@check("hosts")
def hosts():
    wide = [host for host in settings.ALLOWED_HOSTS if host.startswith(".")]
    if wide:
        yield Finding.unfinished(
            f"ALLOWED_HOSTS has {wide[0]}, which is every name below it. List the names themselves."
        )
    else:
        yield Finding.fine(f"Answers to {', '.join(settings.ALLOWED_HOSTS)}.")


@check("proxies")
def proxies():
    if settings.TRUSTED_PROXIES:
        wide = [net for net in settings.TRUSTED_PROXIES if net.endswith("/0")]
        if wide:
            yield Finding.unsafe(
                f"TRUSTED_PROXIES has {wide[0]}: anybody may claim to be anybody. Name the proxies."
            )
        else:
            yield Finding.fine(f"Believes proxies at {', '.join(settings.TRUSTED_PROXIES)}.")
    elif settings.HTTPS:
        yield Finding.unfinished(
            "TRUSTED_PROXIES is not set. If a proxy stands in front, all visitors look like one to"
            " the limits; without a proxy this is right."
        )
    else:
        yield Finding.fine("Believes no proxy.")
