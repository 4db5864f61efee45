"""Many visitors at once, and what is counted of them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from blogsite.pagecache import touch
from blogsite.pagecache.tests.small_site import asked, gate
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler


def test_many_ask_for_one_page_and_it_is_made_once(site):
    gate.clear()
    with ThreadPoolExecutor(8) as visitors:
        answers = [visitors.submit(ask, site, "/slow/") for _ in range(8)]
        while not site.flights.under_way:
            pass
        gate.set()
        bodies = {each.result().body for each in answers}

    assert bodies == {b"said"}
    assert asked["slow"] == 1


def test_failure_of_the_first_is_not_everyones(site):
    begun, failed = threading.Event(), threading.Event()

    def application(environ, start_response):
        if not begun.is_set():
            begun.set()
            failed.wait(10)
            raise RuntimeError("the first one only")
        return Handler()(environ, start_response)

    site.application = application
    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(ask, site, "/plain/")
        begun.wait(10)
        second = visitors.submit(ask, site, "/plain/")
        failed.set()

        assert second.result().status == 200
        with pytest.raises(RuntimeError):
            first.result()


def test_nobody_waits_for_ever(site, monkeypatch):
    monkeypatch.setattr("blogsite.pagecache.flights.PATIENCE", 0.01)
    gate.clear()
    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(ask, site, "/slow/")
        while not site.flights.under_way:
            pass
        second = visitors.submit(ask, site, "/slow/")
        while asked["slow"] < 2:
            pass
        gate.set()

        assert {first.result().body, second.result().body} == {b"said"}


def test_numbers_tell_what_happened(site):
    before = list(site.activity.numbers)
    ask(site, "/plain/")
    ask(site, "/plain/")
    ask(site, "/plain/", cookie="sessionid=x")
    ask(site, "/undeclared/")
    ask(site, "/cookie/")
    touch("plain")
    ask(site, "/plain/")
    now = [new - old for new, old in zip(site.activity.numbers, before, strict=True)][1:6]

    assert now == [1, 2, 1, 2, 1]  # hits, misses, stale, past, unkept
