"""Files that a killed program left behind, and the command that removes them."""

import os
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from posts.tests.pictures import files_in, picture_bytes, store

pytestmark = pytest.mark.django_db

HOUR = 3600  # seconds


def remove_orphans() -> str:
    out = StringIO()
    call_command("remove_orphaned_pictures", stdout=out)
    return out.getvalue()


def leave(path, hours_ago):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    grow_old(path, hours_ago)


def grow_old(path, hours_ago):
    moment = time.time() - hours_ago * HOUR
    os.utime(path, (moment, moment))


def test_old_files_without_a_picture_go_and_all_else_stays(media_folder):
    store(picture_bytes(size=(600, 300)))
    kept = files_in(media_folder)
    for path in media_folder.rglob("*.*"):
        grow_old(path, hours_ago=25)
    leave(media_folder / "images" / "2026" / "orphan-480.webp", hours_ago=25)
    leave(media_folder / "images" / "2026" / ".upload-x1", hours_ago=25)
    leave(media_folder / "images" / "2026" / "at-work.webp", hours_ago=23)
    leave(media_folder / "other.txt", hours_ago=25)

    told = remove_orphans()

    assert told == "2 files removed\n"
    assert files_in(media_folder) == sorted([*kept, "at-work.webp", "other.txt"])
    assert remove_orphans() == "0 files removed\n"


def test_database_without_pictures_is_likely_the_wrong_one(media_folder):
    leave(media_folder / "images" / "2026" / "orphan-480.webp", hours_ago=25)

    with pytest.raises(CommandError, match="nothing was removed"):
        remove_orphans()

    assert files_in(media_folder) == ["orphan-480.webp"]


def test_storage_that_lists_nothing_is_told_in_words(settings):
    store(picture_bytes(size=(600, 300)))
    backend = {"BACKEND": "posts.tests.test_pictures_storing.Bucket"}
    settings.STORAGES = settings.STORAGES | {"default": backend}

    with pytest.raises(CommandError, match="cannot list its files"):
        remove_orphans()
