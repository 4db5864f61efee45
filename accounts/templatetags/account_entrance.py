"""What the sign-in page offers beside a password."""

from dataclasses import dataclass

from django import template

register = template.Library()


@dataclass(frozen=True)
class Provider:
    """Another site by which one may sign in."""

    name: str
    address: str  # of the form that leads there


@register.simple_tag
def provider_list() -> list[Provider]:
    return []
