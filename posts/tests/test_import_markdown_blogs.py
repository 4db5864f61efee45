"""Whether two folders are one blog."""

import pytest
from django.core.management import CommandError, call_command

from posts.importers.markdown import import_folder
from posts.models import Page, Post
from posts.tests.importing import POST, counts, fill

pytestmark = pytest.mark.django_db


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
