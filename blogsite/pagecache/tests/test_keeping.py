"""What is kept, and until when."""

import pytest

from blogsite.pagecache import touch
from blogsite.pagecache.counters import counters
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.tests.small_site import NEVER, times_asked
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler

# --- What is kept -------------------------------------------------------------


def test_page_is_made_once_and_the_same_for_all(site):
    first, second = ask(site, "/plain/"), ask(site, "/plain/")

    assert first == second
    assert first.body.startswith(b"plain, time 1")


@pytest.mark.parametrize("name", ["missing", "moved", "typed", "numbered"])
def test_answer_of_a_lasting_status_is_kept(site, name):
    assert times_asked(site, name, ("", {}), ("", {})) == 1


@pytest.mark.parametrize("name", [*NEVER, "undeclared", "cookie", "secret", "over", "moving"])
def test_what_is_not_for_all_or_not_lasting_is_never_kept(site, name):
    assert times_asked(site, name, ("", {}), ("", {})) == 2
    assert len(site.store) == 0


def test_nothing_is_kept_without_room_or_in_development(settings, site):
    settings.DEBUG = True
    for each in [PageCache(Handler()), PageCache(Handler(), megabytes=0)]:
        assert times_asked(each, "plain", ("", {}), ("", {})) == 2


# --- Until when ---------------------------------------------------------------


def test_moved_topic_makes_the_page_anew(site):
    first = ask(site, "/plain/")
    touch("something else")
    same = ask(site, "/plain/")
    touch("plain")
    anew = ask(site, "/plain/")

    assert first == same
    assert anew.body.startswith(b"plain, time 2")


def test_page_is_not_answered_while_its_topic_is_being_changed(site):
    ask(site, "/plain/")
    change = counters().begin({"plain"})
    during = [ask(site, "/plain/").body[:13] for _ in range(2)]
    change.end()
    after = [ask(site, "/plain/").body[:13] for _ in range(2)]

    assert during == [b"plain, time 2", b"plain, time 3"]
    assert after == [b"plain, time 4", b"plain, time 4"]


def test_page_ends_with_its_day(site, monkeypatch):
    ask(site, "/plain/")
    [(_key, page)] = site.store
    monkeypatch.setattr("time.time", lambda: page.until)

    assert times_asked(site, "plain", ("", {})) == 1


def test_page_made_before_the_clock_was_put_back_is_made_anew(site, monkeypatch):
    """It may show what is not due yet."""
    ask(site, "/plain/")
    [(_key, page)] = site.store
    monkeypatch.setattr("time.time", lambda: page.made_at - 60)

    assert times_asked(site, "plain", ("", {})) == 1


def test_cleared_by_everything_that_moves(site):
    ask(site, "/plain/")
    touch("*")

    assert times_asked(site, "plain", ("", {})) == 1
