"""Whether mail leaves, and whether jobs are run."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite import safety
from blogsite.doctor.examining import Finding, check
from blogsite.outgoing import leases
from blogsite.outgoing.models import Job, Message, Worker

RECENT = timedelta(days=7)
LATE = timedelta(hours=1)


@check("mail server")
def mail_server():
    is_sealed = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.MAIL_TRANSPORT == "server" and not (
        is_sealed or safety.is_this_machine(settings.EMAIL_HOST or "localhost")
    ):
        yield Finding.unsafe(
            "Mail goes over the network unencrypted, and links in it let people in. Let EMAIL_URL"
            " begin with smtp+tls:// or smtp+ssl://."
        )
    elif settings.MAIL_TRANSPORT == "server":
        yield Finding.fine("A mail server is set.")
    else:
        yield Finding.unfinished(
            "No mail server is set, so no mail reaches anybody: nobody can confirm an address or get"
            " a new password. Set EMAIL_URL."
        )


@check("mail")
def mail():
    recent = Message.objects.filter(created_at__gt=timezone.now() - RECENT)
    failed = recent.filter(state=Message.State.FAILED).count()
    late = recent.filter(
        state__in=[Message.State.QUEUED, Message.State.HANDING_OVER],
        created_at__lt=timezone.now() - LATE,
    ).count()
    if failed:
        yield Finding.unfinished(
            f"Mails that failed in the last week: {failed}. The desk says why."
        )
    if late:
        yield Finding.unfinished(f"Mails that wait for more than an hour: {late}.")
    if not failed and not late:
        yield Finding.fine("No mail failed or waits.")


@check("job worker")
def job_worker():
    if any(leases.lives(worker) for worker in living()):
        yield Finding.fine("A job worker runs.")
    else:
        yield Finding.unfinished(
            "No job worker runs, so no mail leaves. `manage.py serve` starts one, and so does"
            " `manage.py worker`."
        )


def living() -> list[Worker]:
    since = timezone.now() - leases.LEASE
    workers = list(Worker.objects.all())
    for worker in workers:
        worker.beats = worker.beat_at > since
    return workers


@check("jobs")
def jobs():
    failed = Job.objects.filter(status=TaskResultStatus.FAILED).count()
    if failed:
        yield Finding.unfinished(f"Jobs that failed for good: {failed}. The desk says why.")
    else:
        yield Finding.fine("No job failed for good.")
