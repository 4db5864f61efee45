"""SIGKILL in the middle of many submissions, to all of the site or to a part of it."""

import asyncio
import os
import random
import signal

import pytest

from blogsite.tests.faults.audit import audit
from blogsite.tests.faults.site import wait_for
from blogsite.tests.faults.visitors import LONGEST, Crowd, make_submissions

THOUGHT = 0.1  # seconds


@pytest.fixture
def thoughtful_server(mail_server):
    """A mail server that answers a while after it has the mail: the worst moment to be killed."""

    async def think(server):
        await asyncio.sleep(THOUGHT)

    mail_server.answers["TAKEN"] = think
    return mail_server


def kill_in_the_middle(progress, total: int, rounds: int, kill) -> None:
    """Call `kill` so many times, each at a random moment of a `progress` that goes up to `total`."""
    share = total // (rounds + 1)
    for _ in range(rounds):
        moment = progress() + random.randint(1, share)
        wait_for(
            lambda moment=moment: progress() >= moment, "progress", pause=0.002, patience=LONGEST
        )
        kill()


def test_everything_killed_loses_nothing_and_doubles_nothing(site, thoughtful_server):
    kill_everything(site, thoughtful_server, count=120, rounds=2)


@pytest.mark.faults
def test_everything_killed_again_and_again(site, thoughtful_server):
    kill_everything(site, thoughtful_server, count=800, rounds=12)


def kill_everything(site, thoughtful_server, count, rounds):
    submissions = make_submissions(count, giving_up=7)

    def kill():
        site.kill()
        site.start()

    site.start()
    with Crowd(site, submissions) as crowd:
        kill_in_the_middle(lambda: crowd.answered, count * 6 // 7, rounds, kill)

    assert_none_waits(submissions)
    audit(site, submissions, thoughtful_server)


@pytest.mark.parametrize("kind", ["web", "job"])
def test_part_that_is_killed_comes_back_by_itself(site, thoughtful_server, kind):
    kill_a_part(site, thoughtful_server, kind, count=60, rounds=2 if kind == "web" else 1)


@pytest.mark.faults
@pytest.mark.parametrize("kind", ["web", "job"])
def test_part_that_is_killed_again_and_again(site, thoughtful_server, kind):
    kill_a_part(site, thoughtful_server, kind, count=600, rounds=5)


def kill_a_part(site, thoughtful_server, kind, count, rounds):
    submissions = make_submissions(count, giving_up=7)

    def kill():
        before = wait_for(lambda: site.processes(kind), f"a {kind} worker")
        os.kill(before[0], signal.SIGKILL)
        wait_for(lambda: set(site.processes(kind)) - set(before), f"another {kind} worker")

    site.start()
    with Crowd(site, submissions) as crowd:
        progress = {"web": lambda: crowd.answered, "job": lambda: len(thoughtful_server.box)}[kind]
        kill_in_the_middle(progress, count * 6 // 7, rounds, kill)

    assert_none_waits(submissions)
    audit(site, submissions, thoughtful_server)


def assert_none_waits(submissions) -> None:
    assert [
        each.answers for each in submissions if not each.is_answered and not each.gives_up
    ] == []
