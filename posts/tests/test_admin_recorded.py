"""What happens to texts, pictures and settings at the desk is in the audit log."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from blogsite.audit.models import Event
from posts.models import Page, Post, Tag
from posts.tests.factories import make_page, make_post, make_tag, make_user
from posts.tests.pictures import picture_bytes
from posts.tests.writing import address, edit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user(display_name="Ada", is_staff=True, is_superuser=True))
    Event.forgettable.all().delete()
    return client


def told():
    """What the record says, oldest first."""
    return [str(event) for event in Event.objects.order_by("pk")]


def test_life_of_a_post_reads_as_it_was(desk):
    write(desk, title="Bees", body="Words.")
    post = Post.objects.get()
    edit(desk, post, button="_publish")
    edit(desk, post, title="More bees")
    edit(desk, post)  # nothing changed
    edit(desk, post, published_at_0="", published_at_1="")
    desk.post(address("delete", post.pk), {"post": "yes"})
    desk.post(address("restore", post.pk))

    assert told() == [
        "Ada added post “Bees”",
        "Ada published post “Bees”",
        "Ada changed post “More bees”",
        "Ada took post “More bees” back from readers",
        "Ada changed post “More bees”",
        "Ada moved post “More bees” to the trash",
        "Ada restored post “More bees” from the trash",
    ]
    changed = Event.objects.filter(verb="posts.post_changed")
    assert [event.details for event in changed.order_by("pk")] == [
        {"fields": ["Title"]},
        {"fields": ["Published at"]},
    ]


def test_post_with_a_date_to_come_is_scheduled(desk):
    post = make_post(title="Bees", published_at=None)
    soon = timezone.now() + timedelta(days=9)

    edit(desk, post, published_at_0=f"{soon:%Y-%m-%d}", published_at_1="12:00")

    assert told() == ["Ada set a date for post “Bees”", "Ada changed post “Bees”"]


def test_many_at_once_are_told_one_by_one(desk):
    posts = [make_post(title="One"), make_post(title="Two")]
    marked = {"_selected_action": [post.pk for post in posts]}

    desk.post("/admin/posts/post/", marked | {"action": "move_selected_to_trash"})
    desk.post("/admin/posts/post/?status=trashed", marked | {"action": "restore_selected"})

    assert sorted(told()) == [
        "Ada moved post “One” to the trash",
        "Ada moved post “Two” to the trash",
        "Ada restored post “One” from the trash",
        "Ada restored post “Two” from the trash",
    ]


def test_deleted_tags_are_told_and_kept_where_deleting_fails(desk, monkeypatch):
    tags = [make_tag("Bees"), make_tag("Wasps")]
    marked = {"action": "delete_selected", "_selected_action": [tag.pk for tag in tags]}
    marked |= {"post": "yes"}
    desk.raise_request_exception = False

    with monkeypatch.context() as broken:
        broken.setattr(Tag, "delete", lambda self: 1 / 0)
        failed = desk.post("/admin/posts/tag/", marked)
    before = told()
    desk.post("/admin/posts/tag/", marked)

    assert (failed.status_code, before) == (500, [])
    assert told() == ["Ada deleted tag “Bees”", "Ada deleted tag “Wasps”"]
    assert not Tag.objects.exists()


def test_dropped_picture_is_told(desk):
    upload = SimpleUploadedFile("bees.png", picture_bytes(), "image/png")

    desk.post(
        "/markdownx/upload/", {"image": upload}, headers={"X-Requested-With": "XMLHttpRequest"}
    )

    [event] = Event.objects.all()
    assert (event.verb, event.actor_name, event.address) == (
        "posts.image_added",
        "Ada",
        "127.0.0.1",
    )


def test_command_is_told_under_its_name(desk):
    long_ago = timezone.now() - timedelta(days=90)
    post = make_post(title="Bees")
    page = make_page(title="About")
    for thing in (post, page):
        type(thing).everything.filter(pk=thing.pk).update(deleted_at=long_ago)

    call_command("purge_trash", days=30, verbosity=0)

    assert told() == [
        "manage.py purge_trash removed post “Bees” for good",
        "manage.py purge_trash removed page “About” for good",
    ]
    assert Event.objects.first().target_id == str(page.pk)
    assert not Page.everything.exists()


def test_import_is_one_event_and_a_repeated_one_none(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\ndate: 2020-01-01\n---\nText")
    (tmp_path / "b.md").write_text("---\ntitle: B\ndate: 2020-01-01\n---\nText")

    call_command("import_markdown", str(tmp_path), name="bees", verbosity=0)
    call_command("import_markdown", str(tmp_path), name="bees", verbosity=0)

    assert told() == ["manage.py import_markdown imported a blog"]
    details = Event.objects.get().details
    assert details == {"blog": "bees", "created": 2, "updated": 0, "images": 0}
