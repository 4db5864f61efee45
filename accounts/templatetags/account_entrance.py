"""What the sign-in page offers beside a password."""

from dataclasses import dataclass

from django import template
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

register = template.Library()


@dataclass(frozen=True)
class Provider:
    """Another site by which one may sign in."""

    name: str
    address: str  # of the form that leads there


@register.simple_tag
def provider_list() -> list[Provider]:
    return []


@register.simple_tag(takes_context=True)
def include_first(context, name: str):
    """The template of this name, or nothing where there is none."""
    try:
        found = get_template(name)
    except TemplateDoesNotExist:
        return ""
    return found.render(context.flatten(), context.request)
