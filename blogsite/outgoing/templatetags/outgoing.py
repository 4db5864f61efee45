"""What the start page of the desk says about mail and jobs."""

from datetime import timedelta

from django import template
from django.db.models import Count, Q
from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite.outgoing import mail
from blogsite.outgoing.models import Job, Message

register = template.Library()

State = Message.State
# So long a mail may wait for a server that restarts, before somebody should look.
LATE = timedelta(hours=1)


@register.inclusion_tag("admin/_mail_notice.html", takes_context=True)
def mail_notice(context):
    """Whether mail leaves at all, and what of it and of other jobs failed; two queries."""
    user = context["request"].user
    sees_mail, sees_jobs = (
        user.has_perm("outgoing.view_message"),
        user.has_perm("outgoing.view_job"),
    )
    return {
        "to_folder": sees_mail and mail.goes_to_folder(),
        "mails": mail_counts() if sees_mail else {},
        "failed_jobs": failed_jobs() if sees_jobs else 0,
    }


def mail_counts() -> dict[str, int]:
    late = Q(state=State.QUEUED, attempts__gt=0, created_at__lt=timezone.now() - LATE)
    return Message.objects.filter(
        state__in=[State.FAILED, State.UNCONFIRMED, State.QUEUED], emptied_at=None
    ).aggregate(
        failed=Count("pk", filter=Q(state=State.FAILED)),
        unconfirmed=Count("pk", filter=Q(state=State.UNCONFIRMED)),
        late=Count("pk", filter=late),
    )


def failed_jobs() -> int:
    return Job.objects.filter(status=TaskResultStatus.FAILED).count()
