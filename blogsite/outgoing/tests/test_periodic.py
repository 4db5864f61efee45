"""Jobs that come round."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus

from blogsite.outgoing import periodic
from blogsite.outgoing.models import Job, Round
from blogsite.outgoing.tests import rounds
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
NAME = "blogsite.outgoing.tests.rounds.count"


@pytest.fixture(autouse=True)
def only_the_sample(monkeypatch):
    """Whatever else comes round on the site, here it is one function, every hour."""
    monkeypatch.setattr(periodic, "_every", {NAME: timedelta(hours=1)})
    rounds.counted.clear()


def make_due(**ago):
    Round.objects.update(due_at=timezone.now() - timedelta(**ago))


def test_round_comes_at_once_and_then_after_its_time():
    periodic.begin_due()
    run_until_idle()
    periodic.begin_due()
    run_until_idle()
    first = len(rounds.counted)
    make_due(seconds=1)
    periodic.begin_due()
    run_until_idle()

    assert (first, len(rounds.counted)) == (1, 2)


def test_round_missed_for_a_day_comes_once():
    periodic.begin_due()
    run_until_idle()
    make_due(days=1)

    for _ in range(3):
        periodic.begin_due()
        run_until_idle()

    assert len(rounds.counted) == 2
    assert Round.objects.get().due_at > timezone.now() + timedelta(minutes=59)


def test_round_is_begun_by_one_of_many_workers():
    Round.objects.create(name=NAME)
    seen = Round.objects.get()

    periodic.begin(seen, timezone.now() + timedelta(hours=1))
    periodic.begin(seen, timezone.now() + timedelta(hours=1))

    assert Job.objects.count() == 1


def test_round_waits_for_the_end_of_the_last():
    periodic.begin_due()
    Job.objects.update(status=TaskResultStatus.RUNNING)
    make_due(seconds=1)

    periodic.begin_due()

    assert Job.objects.count() == 1


def test_round_that_always_fails_is_listed_once():
    for _ in range(3):
        periodic.begin_due()
        Job.objects.update(status=TaskResultStatus.FAILED)
        make_due(seconds=1)

    assert Job.objects.count() == 1


def test_round_says_when_it_ran():
    periodic.begin_due()
    begun = Round.objects.get()
    run_until_idle()
    done = Round.objects.get()

    assert (begun.started_at, begun.finished_at) == (None, None)
    assert done.started_at <= done.finished_at <= timezone.now()


def test_rounds_of_every_app_are_found(monkeypatch):
    monkeypatch.undo()

    periodic.discover()

    assert "blogsite.outgoing.housekeeping.empty_old_mails" in periodic._every
