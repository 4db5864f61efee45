"""Pictures on the disk: once, under safe names, whole or not at all."""

import re
import threading
import time
from pathlib import Path

import pytest
from django.core.files.storage import Storage, default_storage
from django.db import connection, transaction

from blogsite.pictures.uploads import one_at_a_time
from posts.models import Image
from posts.pictures import ImageRefused, remove_image
from posts.tests.pictures import files_in, picture_bytes, store

pytestmark = pytest.mark.django_db


def test_same_bytes_are_one_picture(media_folder):
    first = store(picture_bytes(), alt="A teal box")
    files = files_in(media_folder)

    second = store(picture_bytes(), alt="Something else", caption="Figure 1")

    assert second == first
    assert files_in(media_folder) == files
    assert (second.alt, second.caption) == ("A teal box", "Figure 1")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.png", "x.png"),
        ("C:\\pictures\\x.php.png", "x.php.png"),
        ("a\r\nb\0.png", "ab.png"),
        ("x" * 300, "x" * 255),
        ("cod\u202egnp.exe", "codgnp.exe"),
        ("", ""),
    ],
)
def test_name_of_the_upload_is_shown_and_never_a_path(name, shown, media_folder):
    image = store(picture_bytes(), name=name)

    assert image.original_name == shown
    year_and_digits = r"images/\d{4}/[0-9a-f]{32}\.png"
    assert re.fullmatch(year_and_digits, image.file)
    assert all(name.startswith(Path(image.file).stem) for name in files_in(media_folder))


def test_nothing_is_stored_of_what_is_refused(media_folder):
    with pytest.raises(ImageRefused):
        store(picture_bytes(size=(300, 300))[:-40])

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_go_with_a_transaction_that_fails(media_folder):
    with pytest.raises(RuntimeError), transaction.atomic():
        store(picture_bytes())
        assert files_in(media_folder)
        raise RuntimeError

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_transaction_commits_and_go_with_the_picture(media_folder):
    with transaction.atomic():
        image = store(picture_bytes())
    assert Path(image.file).name in files_in(media_folder)

    remove_image(image)

    assert files_in(media_folder) == []


@pytest.mark.django_db(transaction=True)
def test_full_disk_leaves_nothing_half(media_folder):
    (media_folder / "images").write_text("in the way: no folder can be made here")

    with pytest.raises(OSError, match="images"):
        store(picture_bytes())

    assert files_in(media_folder) == ["images"]
    assert not Image.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_file_that_cannot_be_put_in_place_leaves_no_draft(media_folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)

    with pytest.raises(OSError, match="No space left"):
        store(picture_bytes())

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


class Bucket(Storage):
    """A storage without paths."""

    def __init__(self):
        self.objects = {}

    def _save(self, name, content):
        self.objects[name] = content.read()
        return name

    def exists(self, name):
        return name in self.objects

    def delete(self, name):
        self.objects.pop(name, None)


def test_pictures_are_kept_on_a_storage_without_paths(settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "posts.tests.test_pictures_storing.Bucket"}
    }

    image = store(picture_bytes())

    names = [image.file, *(copy["file"] for copy in image.renditions)]
    assert all(default_storage.exists(name) for name in names)


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_a_picture_at_once_are_one_picture(media_folder):
    stored = []

    def upload():
        stored.append(store(picture_bytes(size=(300, 300))))
        connection.close()

    uploads = [threading.Thread(target=upload) for _upload in range(2)]
    with one_at_a_time:  # both have looked for the picture before either has made it
        for each in uploads:
            each.start()
        time.sleep(0.5)
    for each in uploads:
        each.join()

    image = Image.objects.get()
    assert stored == [image, image]
    assert len(files_in(media_folder)) == 1 + len(image.renditions)
