"""The file of counters, in hands that do not know what it is. What it counts is tested elsewhere."""

import os

import pytest

from blogsite.pagecache.counters import Counters, slots_of

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
    counters = Counters(path)
    overwrite(path, bytes(path.stat().st_size))

    assert counters.has_moved(SLOTS, counters.epoch)


def test_file_takes_its_room_on_the_disk_at_once(path):
    Counters(path)

    assert path.stat().st_blocks * 512 >= path.stat().st_size
