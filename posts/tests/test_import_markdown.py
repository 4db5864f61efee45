"""The import as a whole: running it again, failing, pictures, and what it must not read."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_save
from django.utils import timezone
from PIL import Image as Pillow

from posts.importers.markdown import import_folder
from posts.models import Image, Page, Post, Redirect, Series, Tag
from posts.models.publication import BODY_MAX_LENGTH
from posts.pictures import limits
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

POST = "---\ntitle: First\ndate: 2020-01-02\ntags: [Web]\n---\nText.\n"


def picture(colour="red") -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def fill(folder, files: dict):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(report) -> list[str]:
    return [problem["reason"] for problem in report.problems]


def counts(report) -> tuple[int, int, int, int]:
    posts = report.posts
    return posts.created, posts.updated, posts.unchanged, posts.skipped


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


def test_same_names_in_two_blogs_are_two_posts(tmp_path):
    import_folder(fill(tmp_path / "one/content", {"a.md": POST}))

    import_folder(fill(tmp_path / "two/content", {"a.md": POST}))

    assert Post.objects.count() == 2


def second_blog(tmp_path):
    """A folder of the same name as one imported before, with some of the same paths."""
    about = "---\ntitle: About\ntype: page\n---\nT"
    posts = {f"{n}.md": POST.replace("First", f"Post {n}") for n in range(3)}
    import_folder(fill(tmp_path / "one/site", posts | {"about.md": about}))
    others = {f"{n}.md": f"---\ntitle: Walk {n}\ndate: 2021-05-0{n + 1}\n---\nT" for n in range(3)}
    return fill(tmp_path / "two/site", others | {"about.md": about})


def test_other_blog_of_the_same_name_is_refused_in_one_sentence(tmp_path):
    folder = second_blog(tmp_path)

    with pytest.raises(CommandError) as refusal:
        call_command("import_markdown", folder)

    assert str(refusal.value) == (
        "Another blog was imported under the name “site”; give this one its own with --name, or"
        " --name “site” if it is the same after all."
    )
    assert {post.title for post in Post.objects.all()} == {"Post 0", "Post 1", "Post 2"}


def test_other_blog_comes_in_under_a_name_of_its_own_and_again(tmp_path):
    folder = second_blog(tmp_path)
    import_folder(folder, name="walks")

    report = import_folder(folder, name="walks")

    assert (Post.objects.count(), Page.objects.count()) == (6, 2)
    assert (report.posts.unchanged, report.pages.unchanged) == (3, 1)


def test_name_that_a_person_gives_is_believed(tmp_path):
    folder = second_blog(tmp_path)

    report = import_folder(folder, name="site")

    assert report.posts.updated == 3


def test_blog_that_moved_grew_and_changed_is_the_same(tmp_path):
    files = {f"{n}.md": POST.replace("First", f"Post {n}") for n in range(4)}
    import_folder(fill(tmp_path / "one/site", files))
    (tmp_path / "one").rename(tmp_path / "two")
    new = {f"new-{n}.md": POST.replace("First", f"New {n}") for n in range(6)}
    changed = {"0.md": "---\ntitle: Renamed\ndate: 2022-01-01\n---\nAnew."}

    report = import_folder(fill(tmp_path / "two/site", new | changed))

    assert counts(report) == (6, 1, 3, 0)


@pytest.mark.parametrize("name", ["a:b", "n" * 101])
def test_name_that_cannot_be_kept_is_refused(tmp_path, name):
    with pytest.raises(CommandError, match="--name takes"):
        call_command("import_markdown", fill(tmp_path, {"a.md": POST}), name=name)


def test_blog_and_its_content_folder_are_the_same_import(tmp_path):
    fill(tmp_path / "blog", {"content/posts/a.md": POST, "content/posts/b.md": POST})
    import_folder(tmp_path / "blog")

    report = import_folder(tmp_path / "blog/content")

    assert Post.objects.count() == 2
    assert report.posts.created == 0


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
