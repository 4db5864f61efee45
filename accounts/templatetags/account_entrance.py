"""What the sign-in page offers beside a password."""

from django import template

from accounts.social.offers import Offer, offers

register = template.Library()


@register.simple_tag
def provider_list() -> list[Offer]:
    return offers()
