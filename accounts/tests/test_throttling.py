"""Counting what is tried too often; signing in is in test_throttling_login.py."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts import throttling
from accounts.models import Tally
from accounts.throttling import purging, tallies
from accounts.throttling.limits import Limit, Slowing
from accounts.throttling.tallies import Claim

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TWICE = [Claim("a", Limit(2, HOUR))]
SLOWING = [Claim("b", Slowing(3, timedelta(days=1), timedelta(minutes=1), timedelta(minutes=5)))]


def asking(address="192.0.2.1", **headers):
    return RequestFactory(REMOTE_ADDR=address).post("/", headers=headers)


def let_pass(time: timedelta) -> None:
    """As if everything had happened that much earlier."""
    for row in Tally.objects.all():
        row.until -= time
        row.ends_at -= time
        row.save()


def test_limit_refuses_after_its_tries_until_its_end():
    answers = [tallies.take(TWICE) for _ in range(4)]

    assert answers[:2] == [0, 0]
    assert all(3590 < wait <= 3600 for wait in answers[2:])
    let_pass(timedelta(minutes=61))
    assert tallies.take(TWICE) == 0


def test_slowing_limit_waits_twice_as_long_each_time():
    waits = []
    for _ in range(3):
        assert tallies.take(SLOWING) == 0
    for _ in range(5):
        waits.append(tallies.take(SLOWING))
        let_pass(timedelta(seconds=waits[-1]))
        assert tallies.take(SLOWING) == 0

    assert waits == [60, 120, 240, 300, 300]


def test_slowing_limit_forgets_after_a_quiet_time():
    for _ in range(3):
        tallies.take(SLOWING)

    let_pass(timedelta(days=1))

    assert [tallies.take(SLOWING) for _ in range(3)] == [0, 0, 0]


def test_refused_try_counts_nothing_anywhere():
    other = Claim("other", Limit(5, HOUR))
    for _ in range(5):
        tallies.take([*TWICE, other])

    assert dict(Tally.objects.values_list("key", "count")) == {"a": 2, "other": 2}


def test_try_given_back_may_be_made_again():
    tallies.take(TWICE)
    tallies.take(TWICE)
    tallies.give_back(TWICE)

    assert tallies.take(TWICE) == 0
    assert tallies.take(TWICE) > 0


def test_refused_try_writes_nothing(django_assert_num_queries):
    tallies.take(TWICE)
    tallies.take(TWICE)

    with django_assert_num_queries(1):
        tallies.take(TWICE)


def test_action_counts_by_subject_in_any_spelling():
    subjects = ["Ada@Example.org", "ada@example.org ", "ADA@EXAMPLE.ORG", "ada@example.org"]

    waits = [
        throttling.wait_for(asking(f"198.51.{number}.1"), "reset", subject)
        for number, subject in enumerate(subjects)
    ]

    assert waits[:3] == [0, 0, 0]
    assert waits[3] > 0
    assert throttling.wait_for(asking(), "reset", "grace@example.org") == 0
    assert throttling.wait_for(asking(), "sign_up", "ada@example.org") == 0


@pytest.mark.parametrize(
    ("address", "neighbour", "stranger"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"),
        ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.2"),
    ],
)
def test_action_counts_by_network(address, neighbour, stranger):
    for _ in range(20):
        assert throttling.wait_for(asking(address), "reset") == 0

    assert throttling.wait_for(asking(neighbour), "reset") > 0
    assert throttling.wait_for(asking(stranger), "reset") == 0


def test_action_counts_by_the_network_around():
    waits = [throttling.wait_for(asking(f"192.0.2.{number}"), "reset") for number in range(61)]

    assert waits[:60] == [0] * 60
    assert waits[60] > 0
    assert throttling.wait_for(asking("192.0.3.1"), "reset") == 0


def test_header_of_a_visitor_makes_no_new_network():
    waits = [
        throttling.wait_for(asking(**{"X-Forwarded-For": f"10.0.0.{number}"}), "reset")
        for number in range(21)
    ]

    assert waits[20] > 0


def test_tallies_hold_nothing_in_clear():
    throttling.wait_for(asking(), "reset", "ada@example.org")

    rows = str(list(Tally.objects.values()))

    assert Tally.objects.count() == 3
    assert "ada" not in rows
    assert "192.0.2" not in rows


def test_other_secret_key_gives_other_tallies(settings):
    throttling.wait_for(asking(), "reset", "ada@example.org")
    before = set(Tally.objects.values_list("key", flat=True))
    settings.SECRET_KEY = "another"

    throttling.wait_for(asking(), "reset", "ada@example.org")

    assert Tally.objects.count() == 2 * len(before)


def test_purge_removes_what_counts_no_more():
    now = timezone.now()
    Tally.objects.create(key="over", until=now, ends_at=now - HOUR)
    Tally.objects.create(key="counts", until=now, ends_at=now + HOUR)

    assert purging.purge() == 1
    assert [row.key for row in Tally.objects.all()] == ["counts"]


def test_purge_keeps_guarded_accounts_when_somebody_fills_the_table():
    end = timezone.now() + HOUR
    for number in range(10):
        Tally.objects.create(key=f"noise {number}", count=1, until=end, ends_at=end)
    Tally.objects.create(key="guarded", count=9, until=end, ends_at=end)

    assert purging.purge(most=3) == 8
    assert Tally.objects.count() == 3
    assert Tally.objects.filter(key="guarded").exists()
