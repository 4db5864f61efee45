"""The counters in a real Redis, which is stopped, hung and emptied meanwhile."""

import time

import pytest

from blogsite.pagecache.counters import EVERYTHING, slots_of
from blogsite.pagecache.shared.counters import SharedCounters
from blogsite.tests.services.redis import Redis


@pytest.fixture
def ours(redis_server) -> SharedCounters:
    return SharedCounters(redis_server.url, "test")


@pytest.fixture
def theirs(redis_server) -> SharedCounters:
    """Those of another process."""
    return SharedCounters(redis_server.url, "test")


def eventually(condition) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_change_of_another_is_seen_at_once(ours, theirs):
    epoch = ours.epoch

    theirs.begin(["one"]).end()

    assert ours.epoch != epoch
    assert ours.has_moved(slots_of(["one"]), epoch)
    assert not ours.has_moved(slots_of(["two"]), epoch)
    assert not ours.has_moved(slots_of(["one"]), ours.epoch)


def test_one_look_answers_all_that_is_asked(ours, theirs, redis_server):
    epoch = ours.epoch
    theirs.begin(["one"]).end()
    before = asked_of(redis_server)

    now = ours.now()

    assert now.epoch != epoch
    assert now.has_moved(slots_of(["one"]), epoch)
    assert not now.has_moved(slots_of(["two"]), epoch)
    assert asked_of(redis_server) == before + 1


def asked_of(redis_server) -> int:
    """How often a script was run there."""
    return redis_server.ask("INFO", "commandstats")["cmdstat_evalsha"]["calls"]


def test_change_of_everything_moves_all(ours, theirs):
    epoch = ours.epoch

    theirs.begin([EVERYTHING]).end()

    assert ours.has_moved(slots_of(["one"]), epoch)


def test_change_under_way_makes_its_topics_wrong_until_it_ends(ours, theirs):
    change = theirs.begin(["one"])
    change.extend(["two"])
    epoch = ours.epoch
    assert ours.has_moved(slots_of(["one"]), epoch)
    assert ours.has_moved(slots_of(["two"]), epoch)
    assert not ours.has_moved(slots_of(["three"]), epoch)

    change.end()

    assert ours.has_moved(slots_of(["one"]), epoch)
    assert not ours.has_moved(slots_of(["one"]), ours.epoch)


def test_change_of_a_dead_process_ends_with_its_lease(ours, theirs, redis_server):
    theirs.begin(["one"])
    epoch = ours.epoch
    [record] = redis_server.ask("ZRANGE", theirs.keys[1], 0, -1)

    redis_server.ask("ZADD", theirs.keys[1], 1, record)  # as if its time were over

    assert ours.has_moved(slots_of(["one"]), epoch)
    assert not ours.has_moved(slots_of(["one"]), ours.epoch)


def test_living_process_prolongs_the_lease_of_its_change(ours, redis_server):
    change = ours.begin(["one"])
    [[_, before]] = redis_server.ask("ZRANGE", ours.keys[1], 0, -1, "WITHSCORES")

    time.sleep(0.05)
    ours.keeper._renew()

    [[_, after]] = redis_server.ask("ZRANGE", ours.keys[1], 0, -1, "WITHSCORES")
    assert float(after) > float(before)
    change.end()
    ours.keeper._renew()
    assert redis_server.ask("ZRANGE", ours.keys[1], 0, -1) == []


def test_nothing_is_right_again_after_redis_was_emptied(ours, redis_server):
    ours.begin(["one"]).end()
    epoch = ours.epoch

    redis_server.ask("FLUSHALL")

    assert ours.has_moved(slots_of(["two"]), epoch)
    assert ours.epoch != epoch
    assert not ours.has_moved(slots_of(["two"]), ours.epoch)


def test_change_that_redis_forgot_is_announced_again_before_its_commit(ours, theirs, redis_server):
    change = ours.begin(["one"])
    redis_server.ask("FLUSHALL")
    made = theirs.epoch

    change.confirm()

    assert theirs.has_moved(slots_of(["one"]), made)
    change.end()
    assert theirs.has_moved(slots_of(["one"]), made)
    assert not theirs.has_moved(slots_of(["one"]), theirs.epoch)


@pytest.fixture
def keeping_server():
    server = Redis(keeps=True)
    yield server
    server.remove()


def test_nothing_is_right_again_after_redis_forgot_the_last_changes(redis_server, keeping_server):
    """A server that died comes back with what it had last written to the disk."""
    ours = SharedCounters(keeping_server.url, "test")
    theirs = SharedCounters(keeping_server.url, "test")
    ours.begin(["one"]).end()
    keeping_server.ask("SAVE")
    for _ in range(3):
        theirs.begin(["two"]).end()
    epoch = ours.epoch

    keeping_server.die()
    keeping_server.start()

    assert keeping_server.ask("ZCARD", ours.keys[0]) > 0, "it came back empty"
    for _ in range(3):
        theirs.begin(["three"]).end()
    assert ours.has_moved(slots_of(["four"]), epoch)


@pytest.mark.parametrize("leave", ["stop", "hang"])
def test_nothing_is_right_while_redis_is_away(ours, redis_server, leave):
    epoch = ours.epoch

    getattr(redis_server, leave)()

    assert ours.has_moved(slots_of(["one"]), epoch)
    assert ours.epoch != ours.epoch
    assert ours.has_moved(slots_of(["one"]), ours.epoch)


def test_nobody_asks_a_redis_that_was_away_a_moment_ago(ours, redis_server):
    redis_server.hang()
    asked = []
    connect = ours.line._connect
    ours.line._connect = lambda: asked.append(1) or connect()

    for _ in range(100):
        ours.has_moved(slots_of(["one"]), 0)

    assert len(asked) <= 2


def test_what_was_kept_before_redis_was_away_is_not_right_after_it(ours, redis_server):
    epoch = ours.epoch
    redis_server.hang()
    assert ours.has_moved(slots_of(["one"]), epoch)

    redis_server.resume()

    eventually(lambda: not ours.has_moved(slots_of(["one"]), ours.epoch))
    assert ours.has_moved(slots_of(["one"]), epoch)


def test_change_made_while_redis_hangs_is_told_when_it_is_back(ours, theirs, redis_server):
    """Others, who did not even notice that it was away, learn of it."""
    epoch = theirs.epoch
    redis_server.hang()
    change = ours.change()
    assert change.extend(["one"]) == {"one"}, "it was told, although nobody listened"
    change.end()

    redis_server.resume()

    eventually(lambda: theirs.has_moved(slots_of(["one"]), epoch))
    eventually(lambda: not ours.keeper.undelivered)
    assert not theirs.has_moved(slots_of(["two"]), epoch)


def test_redis_that_was_started_again_unnoticed_is_used_at_once(ours, redis_server):
    epoch = ours.epoch
    redis_server.stop()
    redis_server.start()

    assert ours.has_moved(slots_of(["one"]), epoch)
    assert not ours.has_moved(slots_of(["one"]), ours.epoch)
    assert ours.line.outage.count == 0
