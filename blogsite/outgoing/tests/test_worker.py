"""The worker as a program: killed, stopped, and many at once.

The test is the site: it queues, and workers in processes of their own run what it queued.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django_tasks import TaskResultStatus

from blogsite.outgoing import mail
from blogsite.outgoing.models import Job, Message, Round, Worker
from blogsite.outgoing.tests import samples
from blogsite.outgoing.tests.mailserver import Server, fall_silent

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 90  # seconds until something that does not happen is a failure; it takes far less
State = Message.State


def database_url() -> str:
    """The database of the tests, for another process."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    login = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}@" if at["USER"] else ""
    return f"postgres://{login}{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


@pytest.fixture
def environment(tmp_path):
    return os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": database_url()}


@contextmanager
def working(environment, *arguments, **variables):
    """A worker that is killed at the end, if it did not end by itself."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", *arguments],
        cwd=site.BASE_DIR,
        env=environment | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def queue_many(count: int) -> list[str]:
    """The Message-IDs of so many mails to different people."""
    with transaction.atomic():
        return [
            mail.queue(f"m:{number}", f"p{number}@example.org", "S", "T").message_id
            for number in range(count)
        ]


def unfinished() -> int:
    return Message.objects.filter(state__in=[State.QUEUED, State.HANDING_OVER]).count()


def test_mail_goes_out_exactly_once_although_the_worker_is_killed_again_and_again(environment):
    kills, between = 6, 40
    ids = queue_many((kills + 1) * between)
    dice = random.Random(7)
    with Server() as server:
        url = f"smtp://127.0.0.1:{server.port}"
        for number in range(1, kills + 1):
            with working(environment, EMAIL_URL=url) as worker:
                assert wait_for(lambda: len(server.box) >= number * between)  # noqa: B023
                time.sleep(dice.random() * 0.05)  # somewhere in the middle of a few mails
                worker.kill()
                worker.wait()
        with working(environment, EMAIL_URL=url):
            assert wait_for(lambda: not unfinished())

        assert server.ids() == dict.fromkeys(ids, 1)
        states = set(Message.objects.values_list("state", flat=True))
        assert states <= {State.SENT, State.UNCONFIRMED}


def test_two_workers_run_each_job_once(environment):
    ids = queue_many(40)
    both = asyncio.Event()
    waiting = []

    async def until_both_work(server):
        waiting.append(server)
        if len(waiting) == 6:  # one worker sends three mails at once
            both.set()
        await both.wait()

    with Server() as server:
        server.answers["RCPT"] = until_both_work
        url = f"smtp://127.0.0.1:{server.port}"
        with working(environment, EMAIL_URL=url), working(environment, EMAIL_URL=url):
            assert wait_for(lambda: not Job.objects.exclude(status="SUCCESSFUL").exists())
            assert wait_for(lambda: is_done("run_round"))

        assert server.ids() == dict.fromkeys(ids, 1)
    assert max(job.attempts for job in Job.objects.all()) == 1
    # What comes round came once, although both looked.
    assert Round.objects.count() == Job.objects.filter(task_path__endswith="run_round").count()


def test_slow_mail_server_holds_up_no_other_job(environment):
    queue_many(10)

    with Server() as server:
        server.answers["RCPT"] = fall_silent
        with working(environment, EMAIL_URL=f"smtp://127.0.0.1:{server.port}"):
            assert wait_for(lambda: Message.objects.filter(attempts=1).count() == 3)
            samples.fine.enqueue(1)

            assert wait_for(lambda: is_done("fine"))


def is_done(name: str) -> bool:
    done = Job.objects.filter(status=TaskResultStatus.SUCCESSFUL)
    return done.filter(task_path__endswith=name).exists()


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_idle_worker_stops_when_told(environment, signum):
    with working(environment) as worker:
        assert wait_for(lambda: Worker.objects.exists() and is_done("run_round"))

        worker.send_signal(signum)
        _, said = worker.communicate(timeout=PATIENCE)

    assert (worker.returncode, said) == (0, "")
    assert not Worker.objects.exists()


def test_worker_that_is_told_to_stop_finishes_its_mail_first(environment):
    (only,) = queue_many(1)

    async def take_a_while(server):
        worker.send_signal(signal.SIGTERM)
        await asyncio.sleep(1)

    with Server() as server:
        server.answers["DATA"] = take_a_while
        with working(environment, EMAIL_URL=f"smtp://127.0.0.1:{server.port}") as worker:
            worker.communicate(timeout=PATIENCE)

    assert server.ids() == {only: 1}
    assert Message.objects.get().state == State.SENT


def test_worker_until_idle_ends_by_itself(environment):
    queue_many(3)

    with working(environment, "--until-idle") as worker:
        _, said = worker.communicate(timeout=PATIENCE)

    assert (worker.returncode, said) == (0, "")
    assert unfinished() == 0
    assert is_done("run_round")


def test_worker_whose_parent_is_gone_ends(environment):
    with subprocess.Popen(["true"]) as parent:
        parent.wait()

    with working(environment, f"--parent={parent.pid}") as worker:
        assert worker.wait(PATIENCE) == 0
