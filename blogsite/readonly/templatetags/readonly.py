from django import template

from blogsite.readonly import state

register = template.Library()


@register.inclusion_tag("admin/_read_only.html")
def read_only_notice():
    """Tells staff that the site is locked, if it is."""
    return {"lock": state.lock()}
