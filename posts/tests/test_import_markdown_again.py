"""Importing the same folder again."""

import os

import pytest
from django.utils import timezone

from posts.importers.markdown import import_folder
from posts.models import Image, Post, Revision
from posts.tests.importing import POST, counts, fill, picture, reasons

pytestmark = pytest.mark.django_db


def test_running_again_changes_nothing(tmp_path, monkeypatch):
    fill(tmp_path, {"blog/a.md": POST + "![p](p.png)", "blog/p.png": picture()})
    import_folder(tmp_path / "blog")
    before = Post.objects.values().get()
    monkeypatch.chdir(tmp_path)

    report = import_folder("blog")

    assert counts(report) == (0, 0, 1, 0)
    assert Post.objects.values().get() == before
    assert Image.objects.count() == 1


def test_changed_file_updates_its_post(tmp_path):
    fill(tmp_path, {"a.md": POST})
    import_folder(tmp_path)
    fill(tmp_path, {"a.md": POST.replace("Text", "New text").replace("Web", "Net")})

    report = import_folder(tmp_path)

    post = Post.objects.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (post.body, [tag.name for tag in post.tags.all()]) == ("New text.\n", ["Net"])


def test_first_import_keeps_no_revision_and_a_change_keeps_both(tmp_path):
    fill(tmp_path, {"a.md": POST, "b.md": POST.replace("Text", "Other text")})
    import_folder(tmp_path)
    fresh = Revision.objects.count()
    fill(tmp_path, {"a.md": POST.replace("Text", "New text")})

    import_folder(tmp_path)
    import_folder(tmp_path)

    kept = Revision.objects.order_by("number").values_list("number", "reason", "body")
    assert fresh == 0
    assert list(kept) == [(1, "found", "Text.\n"), (2, "imported", "New text.\n")]


def test_changed_picture_updates_its_post(tmp_path):
    fill(tmp_path, {"a.md": POST + "![p](p.png)", "p.png": picture("red")})
    import_folder(tmp_path)
    fill(tmp_path, {"p.png": picture("blue")})

    assert counts(import_folder(tmp_path)) == (0, 1, 0, 0)


def test_edit_on_the_site_is_kept_and_reported(tmp_path):
    fill(tmp_path, {"a.md": POST})
    import_folder(tmp_path)
    post = Post.objects.get()
    post.body = "Mine."
    post.save()
    fill(tmp_path, {"a.md": POST.replace("Text", "Theirs")})

    report = import_folder(tmp_path)

    assert Post.objects.get().body == "Mine."
    assert counts(report) == (0, 0, 1, 0)
    assert reasons(report) == ["Edited on the site since; kept as it is there."]


def test_post_in_the_trash_stays_there(tmp_path):
    fill(tmp_path, {"a.md": POST})
    import_folder(tmp_path)
    Post.objects.update(deleted_at=timezone.now())

    report = import_folder(tmp_path)

    assert Post.objects.count() == 0
    assert counts(report) == (0, 0, 0, 1)
    assert reasons(report) == ["It is in the trash on this site; left there."]


def test_date_that_was_guessed_once_stays(tmp_path):
    fill(tmp_path, {"a.md": "Text."})
    os.utime(tmp_path / "a.md", (1_500_000_000, 1_500_000_000))
    import_folder(tmp_path)
    fill(tmp_path, {"a.md": "New text."})

    import_folder(tmp_path)

    assert (Post.objects.get().body, Post.objects.get().published_at.year) == ("New text.\n", 2017)
