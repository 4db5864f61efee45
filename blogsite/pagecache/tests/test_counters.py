"""The file of counters, in hands that do not know what it is. What it counts is tested elsewhere."""

import os

import pytest

from blogsite.pagecache import counters as module
from blogsite.pagecache.counters import Counters, counters, slots_of

SLOTS = slots_of(["table:a"])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "topics"


def overwrite(path, content: bytes) -> None:
    """In place, so that a process that has it open sees that."""
    with path.open("r+b") as file:
        file.write(content)


def test_numbers_go_on_in_the_next_process(path):
    first = Counters(path)
    first.begin(["table:b"]).end()
    second = Counters(path)

    assert second.epoch == first.epoch
    assert not second.has_moved(SLOTS, second.epoch)


@pytest.mark.parametrize("damage", [b"", b"\xff", b"\0"], ids=["short", "rubbish", "zeros"])
def test_file_begun_anew_leaves_nothing_right_that_was_made_before(path, damage):
    ours = Counters(path)
    ours.begin(["table:a"]).end()
    made = ours.epoch
    overwrite(path, damage * path.stat().st_size)
    if not damage:
        os.truncate(path, 100)

    theirs = Counters(path)

    assert ours.has_moved(SLOTS, made)
    assert theirs.epoch > made
    assert not theirs.has_moved(SLOTS, theirs.epoch)
    theirs.begin(["table:a"]).end()
    assert ours.has_moved(SLOTS, made)


def test_nothing_is_right_while_the_file_holds_no_counters(path):
    ours = Counters(path)
    overwrite(path, bytes(path.stat().st_size))

    assert ours.has_moved(SLOTS, ours.epoch)


def test_file_takes_its_room_on_the_disk_at_once(path):
    Counters(path)

    assert path.stat().st_blocks * 512 >= path.stat().st_size


@pytest.fixture
def of_this_site(settings, path, monkeypatch):
    settings.PAGECACHE_TOPICS, settings.PAGECACHE_REDIS = path, ""
    monkeypatch.setattr(module, "LOOK_SECONDS", 0)
    monkeypatch.setattr(module, "_counters", None)
    return path


def test_removed_file_is_noticed_by_who_had_it_open(of_this_site):
    made = counters().epoch
    of_this_site.unlink()

    theirs = Counters(of_this_site)

    assert counters().has_moved(SLOTS, made)
    made = counters().epoch
    theirs.begin(["table:a"]).end()
    assert counters().has_moved(SLOTS, made)


def test_older_file_put_back_leaves_nothing_right(of_this_site):
    counters()
    backup = of_this_site.read_bytes()
    counters().begin(["table:a"]).end()
    made = counters().epoch
    restored = of_this_site.with_name("restored")
    restored.write_bytes(backup)
    restored.replace(of_this_site)

    assert counters().has_moved(SLOTS, made)
    assert counters().epoch > made


def test_file_that_cannot_be_made_again_stops_nobody(of_this_site):
    known = counters()
    of_this_site.unlink()
    of_this_site.mkdir()

    assert counters() is known
