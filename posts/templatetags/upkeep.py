"""What of the published needs somebody's care, for the start page."""

from django import template

from posts import freshness, linkcheck

register = template.Library()

SHOWN = 5


@register.simple_tag
def due_for_review(user) -> list:
    """The posts that should be checked first."""
    return freshness.first_due(user, SHOWN)


@register.simple_tag
def broken_outside() -> list:
    """The links to other sites that have been broken for longest, with the texts that have them."""
    return list(linkcheck.broken_links()[:SHOWN])
