"""What the start page of the desk says about what others did."""

from django import template

from blogsite.audit import lately
from blogsite.audit.admin import desk_address

register = template.Library()

GONE = ("_deleted", "_purged")  # how verbs end after which there is nothing to lead to


@register.inclusion_tag("admin/start/_lately.html", takes_context=True)
def changed_lately(context):
    """What changed, as far as the person may know; one query or two."""
    events = lately.known_to(context["request"].user)
    return {"changes": [{"event": event, "address": leading_to(event)} for event in events]}


def leading_to(event) -> str:
    return "" if event.verb.endswith(GONE) else desk_address(event)
