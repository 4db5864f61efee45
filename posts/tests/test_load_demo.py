import pytest
from django.core.management import CommandError, call_command

from posts.demo import loading
from posts.models import Image, Page, Post, Redirect, SiteSettings, Tag
from posts.tests.factories import make_page, make_post, make_tag, make_user


@pytest.fixture
def small_demo(monkeypatch, tmp_path):
    """A demo of two texts, so that tests need not draw all its pictures."""
    content = tmp_path / "demo" / "content"
    (content / "pages").mkdir(parents=True)
    (content / "2020-01-02-a.md").write_text(
        "---\ntitle: A\ndate: 2020-01-02T08:00:00Z\nauthors: [adaeze]\ntags: [Python]\n---\nText."
    )
    (content / "pages" / "about.md").write_text("---\ntitle: About\n---\nUs.")
    (tmp_path / "demo" / "site.yaml").write_text((loading.HERE / "site.yaml").read_text())
    monkeypatch.setattr(loading, "HERE", tmp_path / "demo")


@pytest.mark.django_db
def test_demo_fills_an_empty_site(small_demo, capsys):
    call_command("load_demo")

    post = Post.objects.get()
    author, tag = post.author_list[0], post.tags.get()
    assert (author.handle, author.display_name, author.email) == ("adaeze", "Adaeze Nwosu", None)
    assert (tag.slug, bool(tag.description)) == ("python", True)
    assert SiteSettings.load().title == "Trailing Slash"
    assert capsys.readouterr().out == "Demo: 1 posts, 1 pages, 0 drafts, 0 scheduled.\n"


@pytest.mark.django_db
def test_demo_loaded_again_changes_nothing(small_demo):
    call_command("load_demo", verbosity=0)
    before = list(Post.objects.values()), list(Page.objects.values()), list(Tag.objects.values())

    call_command("load_demo", verbosity=0)

    assert before == (
        list(Post.objects.values()), list(Page.objects.values()), list(Tag.objects.values()),
    )  # fmt: skip


@pytest.mark.django_db
def test_demo_is_the_same_on_another_site(small_demo):
    call_command("load_demo", verbosity=0)
    first = list(Post.objects.values_list("guid", "published_at", "created_at"))
    loading.remove_everything()

    call_command("load_demo", verbosity=0)

    assert list(Post.objects.values_list("guid", "published_at", "created_at")) == first


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_post, make_page])
def test_demo_stays_away_from_a_site_with_content(small_demo, make):
    make()

    with pytest.raises(CommandError, match="content of its own"):
        call_command("load_demo")

    assert not Tag.objects.exists()


@pytest.mark.django_db
def test_reset_asks_before_it_removes_content(small_demo):
    post = make_post()

    with pytest.raises(CommandError, match="--yes"):
        call_command("load_demo", reset=True)

    assert list(Post.objects.all()) == [post]


@pytest.mark.django_db
def test_reset_removes_all_that_is_published_and_keeps_people(small_demo, capsys):
    writer = make_user()
    make_post(authors=[writer], tags=[make_tag("Old")])
    make_page()

    call_command("load_demo", reset=True, yes=True)

    assert [post.title for post in Post.everything.all()] == ["A"]
    assert not Tag.objects.filter(name="Old").exists()
    assert not Redirect.objects.filter(post=None, page=None).exists()
    assert type(writer).objects.filter(pk=writer.pk).exists()
    assert capsys.readouterr().out.startswith("Removed all posts")


@pytest.mark.django_db
def test_whole_demo_comes_in_without_a_problem(capsys):
    report = loading.import_folder(loading.HERE / "content", dry_run=True)

    assert report.problems == []
    assert report.posts.published >= 25
    assert report.posts.drafts >= 2
    assert report.posts.scheduled == 2
    assert report.images["missing"] == 0
    assert Image.objects.count() == 0
