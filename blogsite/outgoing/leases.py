"""Which workers live, and the jobs of those that died."""

import os
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite.outgoing import processes
from blogsite.outgoing.jobs import TryLater
from blogsite.outgoing.models import Job, Worker
from blogsite.outgoing.running import fail

# Without a sign for so long, a worker on another machine counts as dead. On the same machine the
# system knows at once.
LEASE = timedelta(seconds=60)
BEAT_SECONDS = 10
# A job that kills its worker every time must not do so every second.
QUICK_RECOVERIES = 3
DIED = "The worker was stopped while it ran this."


def register() -> Worker:
    """A new worker: this process."""
    worker = Worker(
        id=uuid.uuid4().hex,
        place=processes.place(),
        pid=os.getpid(),
        born=processes.born(os.getpid()),
    )
    beat(worker)
    return worker


def beat(worker: Worker) -> None:
    """Say that the worker lives, even if others took it for dead in the meantime."""
    values = {"place": worker.place, "pid": worker.pid, "born": worker.born, "beat_at": Now()}
    Worker.objects.update_or_create(pk=worker.pk, defaults=values)


def retire(worker: Worker) -> None:
    Worker.objects.filter(pk=worker.pk).delete()


def recover(worker: Worker, held: Collection = ()) -> None:
    """Give back the jobs of dead workers, and those `worker` has by the books but not in `held`.

    Those come from a claim whose answer was lost on the way from the database.
    """
    # The jobs first: whoever has claimed one by now has registered before.
    running = list(Job.objects.filter(status=TaskResultStatus.RUNNING))
    beats = ExpressionWrapper(Q(beat_at__gt=Now() - LEASE), BooleanField())
    living = {each.pk for each in Worker.objects.annotate(beats=beats) if lives(each)}
    for job in running:
        owner = job.worker_ids[-1] if job.worker_ids else ""
        forgotten = owner == worker.pk and job.pk not in held and is_old(job)
        if owner not in living or forgotten:
            give_back(job)
    Worker.objects.exclude(pk__in=living).filter(beat_at__lt=Now() - LEASE).delete()


def lives(worker: Worker) -> bool:
    here = processes.place()
    if here and worker.place == here:
        return processes.born(worker.pid) == worker.born
    return worker.beats


def is_old(job: Job) -> bool:
    return job.started_at < timezone.now() - LEASE


def give_back(job: Job) -> None:
    quick = job.attempts <= QUICK_RECOVERIES
    fail(job, TryLater(DIED, after=0 if quick else None))
