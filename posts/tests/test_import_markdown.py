"""The import as a whole: its report, failing, pictures, and what it must not read."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_save
from PIL import Image as Pillow

from blogsite.pictures import limits
from posts.importers.markdown import import_folder
from posts.models import Image, Page, Post, Redirect, Series, Tag
from posts.models.publication import BODY_MAX_LENGTH
from posts.tests.factories import make_user
from posts.tests.importing import POST, counts, fill, picture, reasons

pytestmark = pytest.mark.django_db


def test_json_report_has_the_published_shape_and_nothing_else(tmp_path, capsys):
    fill(tmp_path, {"a.md": POST, "b.rst": "Title"})

    call_command("import_markdown", tmp_path, json=True)

    none = {"created": 0, "updated": 0, "unchanged": 0, "skipped": 0, "drafts": 0, "scheduled": 0}
    assert json.loads(capsys.readouterr().out) == {
        "posts": none | {"created": 1, "skipped": 1},
        "pages": none,
        "tags": 1,
        "authors": 0,
        "images": {"imported": 0, "missing": 0, "remote": 0},
        "redirects": 0,
        "problems": [{"file": "b.rst", "reason": "reStructuredText is not Markdown."}],
    }


def test_report_in_words_names_files_and_numbers(tmp_path, capsys):
    fill(tmp_path, {"a.md": POST, "empty.md": ""})

    call_command("import_markdown", tmp_path, dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "Nothing was written: this was a dry run.",
        "empty.md: The file is empty.",
        "Posts: 1 created, 0 updated, 0 unchanged, 1 skipped; 0 drafts and 0 scheduled among them.",
        "Pages: 0 created, 0 updated, 0 unchanged, 0 skipped; 0 drafts and 0 scheduled among them.",
        "Tags: 1. Authors: 0. Redirects: 0.",
        "Pictures: 0 imported, 0 missing, 0 on other sites.",
        "Problems: 1.",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone", "There is no folder"),
        ("file.md", "is not a folder"),
        ("empty", "no Markdown files"),
    ],
)
def test_command_says_what_is_wrong_with_the_folder(tmp_path, name, message):
    fill(tmp_path, {"file.md": POST, "empty/x.txt": ""})

    with pytest.raises(CommandError, match=message):
        call_command("import_markdown", tmp_path / name)


def test_dry_run_gives_the_same_report_and_writes_nothing(tmp_path, media_folder):
    folder = fill(
        tmp_path / "blog",
        {
            "_posts/2020-01-02-a.md": "---\ntags: [x]\nauthor: Ada King\nimage: a.png\n---\n"
            "![A](/a.png) ![B](b.png) ![C](https://example.org/c.png) ![D](d.svg)",
            "_posts/2020-01-03-b.md": "---\ndraft: true\n---\nT",
            "about.md": "---\ntitle: About\n---\nT",
            "a.png": picture(),
            "d.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        },
    )

    dry = import_folder(folder, dry_run=True)

    models = (Post, Page, Tag, Series, Image, Redirect)
    assert [model._default_manager.count() for model in models] == [0] * len(models)
    assert list(media_folder.rglob("*")) == []
    assert dry.as_json() == import_folder(folder).as_json()
    assert dry.as_json()["images"] == {"imported": 1, "missing": 2, "remote": 1}


def film(frames: int) -> bytes:
    out = io.BytesIO()
    first, *others = [Pillow.new("L", (8, 8), number % 256) for number in range(frames)]
    first.save(out, "GIF", save_all=True, append_images=others)
    return out.getvalue()


def test_dry_run_refuses_the_pictures_that_the_import_refuses(tmp_path):
    pictures = {
        "long.gif": film(limits.MAX_FRAMES + 1),
        "heavy.png": picture() + b"x" * limits.MAX_BYTES,
        "broken.png": picture()[:50],
    }
    shown = " ".join(f"![p]({name})" for name in pictures)
    folder = fill(tmp_path / "blog", pictures | {"a.md": POST + shown})

    dry = import_folder(folder, dry_run=True)

    assert [reason.partition(":")[0] for reason in reasons(dry)] == list(pictures)
    assert dry.as_json() == import_folder(folder).as_json()


def test_pictures_are_stored_and_the_text_points_at_them(client, tmp_path):
    files = {
        "content/posts/a/index.md": "---\ntitle: A\ncover: {image: cover.png, alt: The cover}\n---\n"
        "![One](one.png)\n\n<img src='/two.png' alt=''>\n\n[big](one.png)\n\n![R][r]\n\n[r]: one.png\n",
        "content/posts/a/one.png": picture("red"),
        "content/posts/a/cover.png": picture("green"),
        "static/two.png": picture("blue"),
    }

    report = import_folder(fill(tmp_path, files))

    post = Post.objects.get()
    one, two = (
        Image.objects.get(original_name="one.png"),
        Image.objects.get(original_name="two.png"),
    )
    assert post.body == (
        f"![One]({one.url})\n\n<img src='{two.url}' alt=''>\n\n[big]({one.url})\n\n![R][r]\n\n[r]: {one.url}\n"
    )
    assert (post.cover.original_name, post.cover_alt, one.alt) == ("cover.png", "The cover", "One")
    assert report.images["imported"] == 2
    assert client.get(one.url).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "{static}/images/a.png",
        "{attach}../images/a.png",
        "../images/a.png",
        "/images/a.png?x=1",
        "<../images/a.png>",
    ],
)
def test_picture_is_found_by_the_ways_generators_write_it(tmp_path, address):
    files = {"content/articles/a.md": f"Title: A\nDate: 2020-01-01\n\n![A]({address})"}

    import_folder(fill(tmp_path, files | {"content/images/a.png": picture()}))

    assert Post.objects.get().body == f"![A]({Image.objects.get().url})\n"


def test_nothing_outside_the_folder_is_read(tmp_path):
    fill(tmp_path, {"secret.png": picture(), "secret.md": POST})
    blog = fill(
        tmp_path / "blog",
        {
            "a.md": "---\ndate: 2020-01-01\n---\n![x](../secret.png) ![y](/../secret.png) ![z](link.png)"
        },
    )
    os.symlink(tmp_path / "secret.png", blog / "link.png")
    os.symlink(tmp_path / "secret.md", blog / "link.md")
    os.symlink(tmp_path, blog / "linked")

    report = import_folder(blog)

    assert Image.objects.count() == 0
    assert counts(report) == (1, 0, 0, 1)
    assert report.images["missing"] == 3
    told = {problem["file"]: problem["reason"] for problem in report.problems}
    assert "outside the folder" in told["link.md"]
    assert "outside the folder" in told["a.md"]


@pytest.mark.django_db(transaction=True)
def test_picture_is_taken_in_before_the_text_holds_the_only_writer(tmp_path):
    depths = []

    def note_depth(**kwargs):
        depths.append(len(connection.savepoint_ids))

    post_save.connect(note_depth, sender=Image)
    try:
        import_folder(fill(tmp_path, {"a.md": POST + "![p](p.png)", "p.png": picture()}))
    finally:
        post_save.disconnect(note_depth, sender=Image)

    assert Post.objects.get().images == [Image.objects.get().url]
    assert depths == [0]  # the row of the picture came in a transaction of its own


@pytest.mark.django_db(transaction=True)
def test_bad_file_leaves_nothing_and_does_not_stop_the_others(tmp_path, media_folder):
    files = {"a.md": POST.replace("Web", "Bad") + "![p](p.png)", "b.md": POST, "p.png": picture()}
    blog = fill(tmp_path / "blog", files)

    def refuse(instance, **kwargs):
        if instance.images:
            raise OSError("disk full")

    post_save.connect(refuse, sender=Post)
    try:
        report = import_folder(blog)
    finally:
        post_save.disconnect(refuse, sender=Post)

    assert [post.slug for post in Post.objects.all()] == ["b"]
    assert [tag.name for tag in Tag.objects.all()] == ["Web"]
    assert Image.objects.count() == 0
    assert [path for path in media_folder.rglob("*") if path.is_file()] == []
    assert reasons(report) == ["OSError: disk full"]
    assert counts(import_folder(blog)) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00\x01\x02binary", "not a text file"),
        (b"x" * 4_000_001, "Larger than"),
        (b"x" * (BODY_MAX_LENGTH + 1), "Longer than"),
        (b"\xef\xbb\xbf\n", "empty"),
    ],
)
def test_unfit_file_is_refused_with_a_reason(tmp_path, content, reason):
    report = import_folder(fill(tmp_path, {"a.md": content, "b.md": POST}))

    assert Post.objects.count() == 1
    assert reason in reasons(report)[0]


def test_existing_author_is_found_but_no_mere_reader(tmp_path):
    editor = make_user(display_name="Ada King", handle="ada-king", is_staff=True)
    make_user(display_name="Grace Hopper", handle="grace-hopper")

    import_folder(fill(tmp_path, {"a.md": "---\nauthors: [Ada King, Grace Hopper]\n---\nT"}))

    first, second = Post.objects.get().author_list
    assert first == editor
    assert (second.handle, second.email) == ("grace-hopper-2", None)


def test_jekyll_site_leaves_out_what_jekyll_would_only_copy(tmp_path):
    files = {
        "_posts/2020-01-02-a.md": "T",
        "README.md": "R",
        "notes.md": "N",
        "_includes/x.md": "X",
    }

    report = import_folder(fill(tmp_path, files))

    assert Post.objects.get().slug == "a"
    assert counts(report) == (1, 0, 0, 2)
