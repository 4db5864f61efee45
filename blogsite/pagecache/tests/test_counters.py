"""The file of counters, in hands that do not know what it is. What it counts is tested elsewhere."""

import ast
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings

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
    put_back(of_this_site, backup)

    assert counters().has_moved(SLOTS, made)
    assert counters().epoch > made


def test_file_that_cannot_be_made_again_stops_nobody(of_this_site):
    before = counters().epoch
    of_this_site.unlink()
    of_this_site.mkdir()

    counters().begin(["table:a"]).end()

    assert counters().has_moved(SLOTS, before)


def test_file_with_other_content_is_begun_anew_by_who_has_it_open(of_this_site):
    made = counters().epoch
    overwrite(of_this_site, bytes(of_this_site.stat().st_size))

    assert counters().has_moved(SLOTS, made)
    assert not counters().has_moved(SLOTS, counters().epoch)


# --- A change that is under way when the file is lost ---------------------------


def put_back(path, content: bytes) -> None:
    """Another file in its place, as a backup is restored."""
    other = path.with_name("other")
    other.write_bytes(content)
    other.replace(path)


def remove(path):
    path.unlink()


def replace(path):
    put_back(path, bytes(path.stat().st_size))


def cut_off(path):
    os.truncate(path, 0)


def fill_with_nothing(path):
    overwrite(path, bytes(path.stat().st_size))


LOSSES = [remove, replace, cut_off, fill_with_nothing]


@pytest.mark.parametrize("lose", LOSSES)
def test_change_ends_in_the_file_that_is_there_now(of_this_site, lose):
    """Whoever opened it meanwhile may have made a page of the old rows."""
    change = counters().begin(["table:a"])
    lose(of_this_site)
    with reader_of(of_this_site) as theirs:
        made = theirs("epoch")

        change.end()

        assert theirs(f"has_moved({SLOTS}, {made})")
        assert not theirs(f"has_moved({SLOTS}, known.epoch)")


@pytest.mark.parametrize("lose", LOSSES)
def test_change_is_announced_again_before_its_commit(of_this_site, lose):
    change = counters().begin(["table:a"])
    lose(of_this_site)
    with reader_of(of_this_site) as theirs:
        change.confirm()
        made = theirs("epoch")

        assert theirs(f"has_moved({SLOTS}, {made})")
        change.end()
        assert theirs(f"has_moved({SLOTS}, {made})")
        assert not theirs(f"has_moved({SLOTS}, known.epoch)")


def test_changes_before_and_after_a_loss_do_not_end_each_other(of_this_site):
    first = counters().begin(["table:a"])
    fill_with_nothing(of_this_site)
    with reader_of(of_this_site) as theirs:
        theirs("epoch")
        second = counters().begin(["table:b"])

        first.end()

        assert theirs(f"has_moved({slots_of(['table:b'])}, known.epoch)")
        second.end()


# --- Who is alive ---------------------------------------------------------------

# Another process, which answers questions about its counters.
OTHER = """
import sys
from pathlib import Path
from blogsite.pagecache.counters import Counters

known = Counters(Path(sys.argv[1]))
for line in sys.stdin:
    known.look()
    print(eval("known." + line), flush=True)
"""


@contextmanager
def reader_of(path, *around: str):
    """Ask it with an expression; `around` is a command in which it runs."""
    process = subprocess.Popen(
        [*around, sys.executable, "-c", OTHER, str(path)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(question: str):
        process.stdin.write(f"{question}\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        return answer.strip() if question.startswith("begin") else ast.literal_eval(answer)

    try:
        yield ask
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


# As a container has: the same process ids there are those of others.
CONTAINER = ["unshare", "--map-root-user", "--pid", "--fork", "--kill-child"]


def can_have_containers() -> bool:
    return bool(shutil.which("unshare")) and not subprocess.run([*CONTAINER, "true"]).returncode


@pytest.mark.parametrize("around", [[], CONTAINER], ids=["beside", "in a container"])
def test_change_of_another_process_is_under_way_while_that_is_alive(path, around):
    if around and not can_have_containers():
        pytest.skip("This system lets nobody have process ids of their own (unshare --pid).")
    ours = Counters(path)
    with reader_of(path, *around) as theirs:
        theirs("begin(['table:a'])")
        for _look in range(3):
            assert ours.has_moved(SLOTS, ours.epoch)

    made = ours.epoch
    assert ours.has_moved(SLOTS, made), "nobody knows whether it was committed"
    end = time.monotonic() + 20  # what runs in a container is killed a moment after that
    while ours.has_moved(SLOTS, ours.epoch):
        assert time.monotonic() < end
    assert ours.has_moved(SLOTS, made)
    assert not ours.has_moved(slots_of(["table:b"]), made)


@pytest.mark.parametrize("around", [[], CONTAINER], ids=["beside", "in a container"])
def test_change_of_ours_is_under_way_for_another_process(path, around):
    if around and not can_have_containers():
        pytest.skip("This system lets nobody have process ids of their own (unshare --pid).")
    change = Counters(path).begin(["table:a"])
    with reader_of(path, *around) as theirs:
        for _look in range(3):
            assert theirs(f"has_moved({SLOTS}, known.epoch)")
        change.end()
        assert not theirs(f"has_moved({SLOTS}, known.epoch)")
