"""A busy time: 20 comments a second beside 50 readers a second."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

import pytest

from blogsite.tests.faults.audit import audit
from blogsite.tests.faults.visitors import STORED, make_submissions, send

SECONDS = 60 if os.environ.get("FAULTS") == "long" else 30
WRITTEN, READ_TIMES = 20, 50  # a second
# Pages that lie open ask for what is new; others come to read, or fetch a feed.
STATE = "/post/under-fire/comments/state.json"
READ = ["/post/under-fire/", STATE, STATE, "/feed/", "/", STATE, "/comments/feed/", STATE]
READ += ["/post/quiet/", STATE]


def paced(crowd: ThreadPoolExecutor, calls: list[Callable], per_second: int) -> list:
    """Begin so many of `calls` each second, whether or not the earlier ones have ended."""
    begin = time.monotonic()
    begun = []
    for number, call in enumerate(calls):
        time.sleep(max(0, begin + number / per_second - time.monotonic()))
        begun.append(crowd.submit(timed, call))
    return [each.result() for each in begun]


def timed(call: Callable) -> tuple:
    """What `call` returns, and the seconds that it took."""
    begin = time.monotonic()
    return call(), time.monotonic() - begin


def told(name: str, results: list[tuple]) -> str:
    seconds = quantiles((seconds for _, seconds in results), n=100)
    return f"{name}: median {seconds[49]:.3f} s, p95 {seconds[94]:.3f} s, p99 {seconds[98]:.3f} s"


@pytest.mark.faults
@pytest.mark.alone
def test_busy_site_loses_nothing_and_locks_nobody_out(site, mail_server):
    submissions = make_submissions(SECONDS * WRITTEN)
    paths = [READ[number % len(READ)] for number in range(SECONDS * READ_TIMES)]
    site.variables["WEB_WORKERS"] = "2"
    site.start()

    with ThreadPoolExecutor(100) as crowd, ThreadPoolExecutor(2) as clocks:
        writing = clocks.submit(
            paced, crowd, [lambda each=each: send(site, each) for each in submissions], WRITTEN
        )
        reading = clocks.submit(
            paced, crowd, [lambda path=path: site.status_of(path) for path in paths], READ_TIMES
        )
        written, read = writing.result(), reading.result()

    # For whoever looks (`-s`); how quick this machine is says nothing about the code.
    print(told("written", written), told("read", read), sep="\n")
    assert [each.answers for each in submissions] == [[STORED]] * len(submissions)
    assert {status for status, _ in read} == {200}
    assert "database is locked" not in site.log
    audit(site, submissions, mail_server)
