"""A disk with no byte left."""

import errno
import os
import subprocess

import pytest

from blogsite.tests.faults.audit import audit
from blogsite.tests.faults.site import Site, wait_for
from blogsite.tests.faults.test_locked import READ
from blogsite.tests.faults.visitors import BUSY, STORED, Crowd, make_submissions, send

DISK = "24m"  # room for a small site
MOST_TRIES = 300  # comments that still fit into files that have their room already


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder],
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("A small disk needs the program mount.")
    if mounted.returncode:
        pytest.skip(f"A small disk needs root and the right to mount: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def cramped_site(small_disk, furnished, mail_server):
    site = Site(small_disk / "site", EMAIL_URL=f"smtp://127.0.0.1:{mail_server.port}")
    site.log_path = small_disk.with_name("cramped.log")  # on another disk
    site.copy_of(furnished)
    yield site
    site.kill()


def fill(folder) -> None:
    """Leave no byte: large pieces first, then small ones."""
    with open(folder / "filler", "wb", buffering=0) as filler:
        for size in [2**20, 2**12, 1]:
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError as error:
                assert error.errno == errno.ENOSPC


def test_writer_keeps_the_text_and_readers_read_on_a_full_disk(
    cramped_site, small_disk, mail_server
):
    submissions = make_submissions(MOST_TRIES + 20)
    early, late = submissions[:10], submissions[10:]
    cramped_site.start()
    with Crowd(cramped_site, early):
        pass

    fill(small_disk)
    tried = []
    for each in late:
        tried.append(each)
        if send(cramped_site, each) != STORED:
            break
    refused = tried[-1]
    read = [cramped_site.status_of(path) for path in READ]
    os.remove(small_disk / "filler")
    wait_for(lambda: send(cramped_site, refused) == STORED, "room for the comment")
    with Crowd(cramped_site, late[len(tried) :][:10]) as after:
        pass

    assert refused.answers[0] == BUSY
    assert f"{refused.word} is what I have to say.</textarea>" in refused.refusals[0].page
    assert read == [200] * len(READ)
    assert "disk is full" in cramped_site.log
    assert [each.answers for each in after.submissions] == [[STORED]] * 10
    audit(cramped_site, submissions, mail_server)
