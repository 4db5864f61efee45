"""Jobs: run, run again, given up, and given back by dead workers."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite.outgoing import housekeeping, leases, processes, running
from blogsite.outgoing.jobs import LONGEST_WAIT, MAIL_TRIES, wait_after
from blogsite.outgoing.models import Job, Worker
from blogsite.outgoing.tests import samples
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
FAILED, SUCCESSFUL = TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL


def test_job_runs_with_its_arguments():
    samples.fine.enqueue(12)

    assert run_until_idle() == 1
    assert samples.done == [12]
    assert Job.objects.get().status == SUCCESSFUL


def test_job_is_stored_with_its_cause_or_not_at_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        samples.fine.enqueue(12)
        1 / 0  # noqa: B018 - undoes the transaction

    assert run_until_idle() == 0


def test_job_for_later_waits():
    tomorrow = timezone.now() + timedelta(days=1)
    samples.fine.using(run_after=tomorrow).enqueue(1)

    assert run_until_idle() == 0
    Job.objects.update(run_after=timezone.now())
    assert run_until_idle() == 1


def test_job_that_fails_waits_for_its_next_attempt():
    samples.broken.enqueue()
    before = timezone.now()

    assert run_until_idle() == 1

    job = Job.objects.get()
    assert (job.status, job.attempts) == (READY, 1)
    assert job.last_error == "ZeroDivisionError: division by zero"
    assert timedelta(seconds=3) < job.run_after - before < timedelta(seconds=20)


def test_job_that_says_when_is_tried_then():
    samples.later.enqueue(500)
    before = timezone.now()

    run_until_idle()

    job = Job.objects.get()
    assert job.last_error == "The other side is asleep."
    assert timedelta(seconds=499) < job.run_after - before < timedelta(seconds=520)


def test_job_that_gives_up_is_failed():
    samples.hopeless.enqueue()

    run_until_idle()

    job = Job.objects.get()
    assert (job.status, job.last_error) == (FAILED, "There is nobody of this name.")
    assert job.finished_at


def test_job_fails_after_its_last_attempt():
    samples.broken_twice.enqueue()

    run_until_idle()
    Job.objects.update(run_after=timezone.now())
    run_until_idle()

    assert [(job.status, job.attempts) for job in Job.objects.all()] == [(FAILED, 2)]


def test_job_whose_function_is_gone_is_kept_for_the_next_version():
    samples.fine.enqueue(1)
    Job.objects.update(task_path="blogsite.outgoing.tests.samples.gone")

    run_until_idle()

    assert Job.objects.get().status == READY


def test_waits_grow_to_an_hour_and_mail_is_tried_for_four_days():
    shortest = [min(wait_after(attempt) for _ in range(200)) for attempt in (1, 2, 3)]
    longest = max(wait_after(attempt) for attempt in range(1, 2000))
    whole = sum(min(5 * 2 ** (attempt - 1), LONGEST_WAIT) for attempt in range(1, MAIL_TRIES))

    assert shortest == sorted(shortest)
    assert longest <= LONGEST_WAIT * 1.25
    assert timedelta(days=4) <= timedelta(seconds=whole) <= timedelta(days=5)


def test_claimed_job_is_no_other_workers():
    samples.fine.enqueue(1)

    assert running.claim("first")
    assert running.claim("second") is None


def make_running(**worker):
    """A job that a worker has begun; without anything given, a worker that is gone."""
    samples.fine.enqueue(1)
    me = leases.register()
    running.claim(me.pk)
    Worker.objects.filter(pk=me.pk).update(**worker)
    return Job.objects.get()


def test_job_of_a_living_worker_is_left_to_it():
    make_running()

    leases.recover(leases.register())

    assert Job.objects.get().status == RUNNING


@pytest.mark.skipif(not processes.place(), reason="Only Linux tells")
@pytest.mark.parametrize("sign", [{"born": "1"}, {"pid": 4_000_000}])
def test_job_of_a_worker_that_died_here_is_given_back_at_once(sign):
    make_running(**sign)

    leases.recover(leases.register())

    assert Job.objects.get().status == READY
    assert run_until_idle() == 1


def test_job_of_a_worker_elsewhere_is_given_back_when_it_is_silent():
    make_running(place="elsewhere", pid=1)
    leases.recover(leases.register())
    first = Job.objects.get().status
    Worker.objects.filter(place="elsewhere").update(beat_at=timezone.now() - leases.LEASE * 1.1)
    leases.recover(leases.register())

    assert (first, Job.objects.get().status) == (RUNNING, READY)
    assert not Worker.objects.filter(place="elsewhere").exists()


def test_job_of_a_worker_without_a_row_is_given_back():
    make_running()
    Worker.objects.all().delete()

    leases.recover(leases.register())

    assert Job.objects.get().status == READY


def test_job_that_its_worker_does_not_know_of_is_given_back():
    """The claim was stored, but the answer never came."""
    me = leases.register()
    samples.fine.enqueue(1)
    running.claim(me.pk)
    leases.recover(me)
    first = Job.objects.get().status
    Job.objects.update(started_at=timezone.now() - leases.LEASE * 1.1)
    leases.recover(me, held={Job.objects.get().pk})
    second = Job.objects.get().status
    leases.recover(me)

    assert (first, second, Job.objects.get().status) == (RUNNING, RUNNING, READY)


def test_job_that_kills_its_workers_is_tried_less_and_less_often():
    make_running()
    Job.objects.update(worker_ids=["gone"] * 8)

    leases.recover(leases.register())

    assert Job.objects.get().run_after > timezone.now() + timedelta(minutes=5)


def test_worker_that_comes_too_late_changes_nothing():
    """Taken for dead, its job was given to another; it must not end the other's attempt."""
    late = make_running()
    Job.objects.update(status=READY)
    running.claim("other")

    running.succeed(late)
    running.fail(late, ValueError("late"))

    assert [(job.status, job.attempts) for job in Job.objects.all()] == [(RUNNING, 2)]


def test_done_jobs_are_forgotten_after_a_week_and_failed_ones_never():
    for job in [samples.fine, samples.fine, samples.hopeless]:
        job.enqueue(*([] if job is samples.hopeless else [1]))
    run_until_idle()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=8))
    new = Job.objects.filter(status=SUCCESSFUL).first()
    Job.objects.filter(pk=new.pk).update(finished_at=timezone.now())

    housekeeping.forget_done_jobs()

    assert sorted(Job.objects.values_list("status", flat=True)) == [FAILED, SUCCESSFUL]


def test_error_with_a_nul_is_stored():
    samples.fine.enqueue(1)
    job = running.claim("me")

    running.fail(job, ValueError("a\0b"))

    assert Job.objects.get().last_error == "ValueError: ab"
