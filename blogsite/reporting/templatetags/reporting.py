"""What the start page of the desk says about reports of browsers."""

from datetime import timedelta

from django import template
from django.db.models import Count, Min
from django.utils import timezone

from blogsite.reporting.models import Violation

register = template.Library()

LATELY = timedelta(days=7)


@register.inclusion_tag("admin/_violation_notice.html", takes_context=True)
def violation_notice(context):
    """How many kinds of violations were reported lately, and since when; one query."""
    if not context["request"].user.has_perm("reporting.view_violation"):
        return {"kinds": 0}
    lately = Violation.objects.filter(last_at__gte=timezone.now() - LATELY)
    return lately.aggregate(kinds=Count("pk"), since=Min("first_at"))
