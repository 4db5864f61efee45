"""How long an answer takes tells nobody whether an address has an account.

Known and unknown addresses are asked for in pairs, each in an order by chance, against a site as it is
served. Each is asked for once, from a network of its own, so that no limit answers instead.
"""

import random
import time
from itertools import count
from math import erfc, sqrt
from statistics import median
from urllib.parse import urlencode

import pytest

from accounts.models import User

TRIES = 200  # of each kind
WARM_UP = 20
MOST_BETWEEN = 0.010  # seconds
MAKE_PEOPLE = "from blogsite.tests.faults.test_enumeration_timing import make_people; make_people()"
networks = count()
TOKEN = "c" * 32  # of the form and of the cookie; any will do


def make_people() -> None:
    """In a process of the site: accounts with one password, hashed once."""
    first = User.objects.create_user("known0@example.org", "the right password")
    User.objects.bulk_create(
        User(email=f"known{n}@example.org", handle=f"known-{n}", password=first.password)
        for n in range(1, TRIES)
    )


@pytest.fixture
def crowded_site(site):
    site.manage("shell", "--verbosity=0", "--command", MAKE_PEOPLE)
    site.start()
    return site


FORMS = {
    "sign-in": ("/account/login/", lambda email: {"login": email, "password": "a wrong one"}, 200),
    "sign-up": ("/account/signup/", lambda email: {"email": email}, 302),
    "reset": ("/account/password/reset/", lambda email: {"email": email}, 302),
}


@pytest.mark.faults
@pytest.mark.alone
@pytest.mark.parametrize("name", FORMS)
def test_known_and_unknown_addresses_take_the_same_time(crowded_site, name):
    seconds = {"known": [], "nobody": []}
    for number in range(WARM_UP):
        ask(crowded_site, name, f"warm{number}@example.org")

    for number in range(TRIES):
        for kind in random.sample(["known", "nobody"], 2):
            seconds[kind].append(ask(crowded_site, name, f"{kind}{number}@example.org"))

    known, unknown = seconds["known"], seconds["nobody"]
    # Of neighbours in time, so that whatever else the machine does counts for both alike.
    between = median(a - b for a, b in zip(known, unknown, strict=True))
    print(
        f"{name}: medians {median(known) * 1000:.2f} and {median(unknown) * 1000:.2f} ms,"
        f" {between * 1000:+.2f} ms between two; p = {chance_of_one_source(known, unknown):.3f}"
    )
    assert abs(between) < MOST_BETWEEN


def ask(site, name: str, email: str) -> float:
    """Seconds until the answer to a form with this address, sent from a network of its own."""
    path, form, expected = FORMS[name]
    number = next(networks)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "X-Forwarded-For": f"10.{number // 250}.{number % 250}.7",
    }
    begin = time.perf_counter()
    status, _headers, _page = site.ask("POST", path, urlencode(form(email)), headers)
    seconds = time.perf_counter() - begin
    assert status == expected
    return seconds


def chance_of_one_source(one: list[float], other: list[float]) -> float:
    """Mann and Whitney's test, two-sided and by the normal curve: small where they differ."""
    wins = sum((a > b) + (a == b) / 2 for a in one for b in other)
    expected = len(one) * len(other) / 2
    spread = sqrt(len(one) * len(other) * (len(one) + len(other) + 1) / 12)
    return erfc(abs(wins - expected) / spread / sqrt(2))


def test_chance_of_one_source_tells_two_sources():
    same = [n / 100 for n in range(200)]

    assert chance_of_one_source(same[::2], same[1::2]) > 0.5
    assert chance_of_one_source(same, [seconds + 0.5 for seconds in same]) < 0.001
