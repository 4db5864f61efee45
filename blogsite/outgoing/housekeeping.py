"""What is no longer needed of jobs and mails."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite.outgoing import last_byte
from blogsite.outgoing.models import Job, Message
from blogsite.outgoing.periodic import periodic

State = Message.State
JOBS_KEPT = timedelta(days=7)
# Mails hold addresses, and links that let in whoever follows them.
WORDS_KEPT = {
    timedelta(days=30): [State.SENT, State.CANCELLED],
    timedelta(days=90): [State.FAILED, State.UNCONFIRMED],  # so long somebody may send them again
}


@periodic(every=timedelta(hours=6))
def forget_done_jobs() -> None:
    ended = Job.objects.filter(status=TaskResultStatus.SUCCESSFUL)
    ended.filter(finished_at__lt=timezone.now() - JOBS_KEPT).delete()


@periodic(every=timedelta(hours=6))
def empty_old_mails() -> None:
    """Remove words and addresses of old mails; their causes stay, so that none is sent again."""
    now = timezone.now()
    for kept, states in WORDS_KEPT.items():
        old = Message.objects.filter(emptied_at=None, state__in=states, created_at__lt=now - kept)
        old.update(to="", sender_name="", subject="", headers={}, text="", html="", emptied_at=now)


@periodic(every=timedelta(days=1))
def remove_old_notes() -> None:
    last_byte.remove_old()
