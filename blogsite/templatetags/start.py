"""What the start page of the desk says about the machine."""

import time

from django import template

from blogsite.doctor.files import OLDEST_BACKUP_DAYS, newest_backup

register = template.Library()

KEEPS_THE_SITE = "outgoing.view_job"  # whoever looks after jobs looks after the machine


@register.inclusion_tag("admin/start/_backup.html", takes_context=True)
def backup_notice(context):
    """Whether there is a backup, and a new one; for whom it concerns. No query."""
    if not context["request"].user.has_perm(KEEPS_THE_SITE):
        return {}
    made = newest_backup()
    days = None if made is None else int((time.time() - made) / 86400)
    return {"is_missing": made is None, "days": days, "is_old": (days or 0) >= OLDEST_BACKUP_DAYS}
