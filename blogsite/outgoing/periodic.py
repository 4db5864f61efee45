"""Jobs that come round: once for the whole site, however many workers there are.

    @periodic(every=timedelta(hours=1))
    def forget_old_things(): ...

in the module `periodic` of an app. A round missed while no worker ran is made up for once.
"""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules, import_string
from django_tasks import TaskResultStatus

from blogsite.outgoing.jobs import job
from blogsite.outgoing.models import Job, Round

TRIES = 5  # the next round comes anyway

_every: dict[str, timedelta] = {}


def periodic(*, every: timedelta) -> Callable:
    """Run a module's function, which takes no arguments, whenever so much time has passed."""

    def decorate(function):
        _every[f"{function.__module__}.{function.__qualname__}"] = every
        return function

    return decorate


def discover() -> None:
    """Load the module `periodic` of every app, and our own, which has that name for another use."""
    import_module("blogsite.outgoing.housekeeping")
    autodiscover_modules("periodic")


def begin_due() -> None:
    """Make a job of each round that is due."""
    now = timezone.now()
    rounds = {each.name: each for each in Round.objects.filter(name__in=_every)}
    for name, every in _every.items():
        this = (
            rounds.get(name) or Round.objects.get_or_create(name=name, defaults={"due_at": now})[0]
        )
        if this.due_at <= now:
            begin(this, now + every)


@transaction.atomic
def begin(this: Round, next_at) -> None:
    """Begin a round, unless another worker did so meanwhile or the last one still runs."""
    if not Round.objects.filter(pk=this.pk, due_at=this.due_at).update(due_at=next_at):
        return
    unfinished = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    if Job.objects.filter(pk=this.job, status__in=unfinished).exists():
        return
    # What fails in every round is shown once, not once for each.
    Job.objects.filter(pk=this.job, status=TaskResultStatus.FAILED).delete()
    result = run_round.enqueue(this.name)
    Round.objects.filter(pk=this.pk).update(job=result.id)


@job(tries=TRIES)
def run_round(name: str) -> None:
    """Run the periodic function of this name."""
    function = import_string(name)
    Round.objects.filter(name=name).update(started_at=timezone.now(), finished_at=None)
    function()
    Round.objects.filter(name=name).update(finished_at=timezone.now())
