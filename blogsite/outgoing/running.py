"""One job: taken by one worker, run, and put where it belongs afterwards."""

import logging
from datetime import timedelta
from functools import partial
from traceback import format_exception

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus

from blogsite.outgoing.database import insist
from blogsite.outgoing.jobs import QUEUES, TRIES, GiveUp, TryLater, wait_after
from blogsite.outgoing.models import Job

MAX_TRACE = 20_000  # characters; the end says what happened
log = logging.getLogger("blogsite.outgoing")


def claim(worker_id: str, queues: list[str] = QUEUES) -> Job | None:
    """The next job that is due, from now on this worker's; None if there is none."""
    due = Job.objects.ready().filter(queue_name__in=queues)
    # Looking is free; a transaction would hold up whoever writes, on SQLite.
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job:
            job.claim(worker_id)
        return job


def run(job: Job) -> None:
    """Run a claimed job and store how it ended; raises nothing that the job does."""
    try:
        call(job)
    except (Exception, SystemExit) as error:
        if not isinstance(error, TryLater | GiveUp):
            log.exception("Job %s %s failed", job.task_path, job.args_kwargs)
        insist(partial(fail, job, error))
    else:
        insist(partial(succeed, job))


def call(job: Job) -> None:
    task, result = job.task, job.task_result
    first = [TaskContext(task_result=result)] if task.takes_context else []
    task.call(*first, *result.args, **result.kwargs)


def succeed(job: Job) -> None:
    mine(job).update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        exception_class_path="",
        traceback="",
    )


def fail(job: Job, error: BaseException) -> None:
    """Let the job run again later, or put it on the list of the failed."""
    last = isinstance(error, GiveUp) or job.attempts >= tries_of(job)
    after = getattr(error, "after", None)
    wait = timedelta(seconds=wait_after(job.attempts) if after is None else after)
    end = (
        {"status": TaskResultStatus.FAILED, "finished_at": timezone.now()}
        if last
        else {"status": TaskResultStatus.READY, "run_after": timezone.now() + wait}
    )
    kind = type(error)
    mine(job).update(
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}", traceback=told(error), **end
    )


def mine(job: Job):
    """The row, unless another worker has taken it since: then it is no longer ours to change."""
    return Job.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)


def tries_of(job: Job) -> int:
    try:
        return getattr(job.task.func, "tries", TRIES)
    except Exception:  # the function is gone, or its module does not load
        return TRIES


def told(error: BaseException) -> str:
    expected = isinstance(error, TryLater | GiveUp)
    text = str(error) if expected else "".join(format_exception(error))
    return text.replace("\0", "")[-MAX_TRACE:]  # PostgreSQL stores no NUL
