"""Many try at the same moment, each with a connection of its own as another process has it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Tally
from accounts.tests.entrance import PASSWORD, from_network, try_to_sign_in
from accounts.tests.factories import make_user
from accounts.throttling import tallies
from accounts.throttling.limits import Limit, Slowing
from accounts.throttling.tallies import Claim

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32  # threads of one worker


def at_once(work) -> list:
    """What `work(number)` gives in each of the threads, begun together."""
    start = Barrier(CROWD)

    def run(number):
        start.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as threads:
        return list(threads.map(run, range(CROWD)))


@pytest.mark.parametrize(
    "limit", [Limit(8, timedelta(hours=1)), Slowing(8, timedelta(days=1))], ids=["limit", "slowing"]
)
def test_no_more_get_through_than_may(limit):
    waits = at_once(lambda number: tallies.take([Claim("same", limit)]))

    assert waits.count(0) == 8
    assert Tally.objects.get().count == 8


def test_crowd_that_shares_two_counts_waits_for_nobody_for_ever():
    """Each takes its own and a shared one, in whichever order their keys come."""
    limit = Limit(1000, timedelta(hours=1))
    claims = [
        [Claim("m", limit), Claim(f"{'a' if n % 2 else 'z'}{n}", limit)] for n in range(CROWD)
    ]

    waits = at_once(lambda number: tallies.take(claims[number]))

    assert waits == [0] * CROWD
    assert Tally.objects.get(key="m").count == CROWD


def test_crowd_whose_tries_were_right_waits_for_nobody_for_ever():
    """Each names the same counts in another order, and gives them back."""
    limit = Limit(1000, timedelta(hours=1))
    claims = [Claim(key, limit) for key in "mazqbx"]

    def be_right(number):
        own = claims[number % 6 :] + claims[: number % 6]
        wait = tallies.take(own)
        tallies.give_back(own)
        return wait

    assert at_once(be_right) == [0] * CROWD
    assert set(Tally.objects.values_list("count", flat=True)) == {0}


def test_guesses_at_once_are_as_few_as_one_after_the_other():
    make_user(email="ada@example.org", password=PASSWORD)

    statuses = at_once(
        lambda number: try_to_sign_in(from_network(number), "ada@example.org").status_code
    )

    assert statuses.count(200) == 8
    assert statuses.count(429) == CROWD - 8
