"""The trash: what goes in comes back whole, and what is purged says so."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from posts import redirects, trash
from posts.models import Page, Post, Redirect
from posts.tests.factories import in_an_hour, make_page, make_post, make_tag, make_user
from posts.tests.writing import address, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def long_ago(days=31):
    return timezone.now() - timedelta(days=days)


def test_trashed_post_is_hidden_and_comes_back_whole(client):
    author, tag = make_user(), make_tag()
    post = make_post(authors=[author], tags=[tag], title="Kept")
    remover = make_user()

    trash.move_to_trash(post, by=remover)

    assert not Post.objects.exists()
    assert client.get(post.get_absolute_url()).status_code == 410
    trashed = Post.everything.get()
    assert (trashed.status, trashed.deleted_by) == ("trashed", remover)

    trash.restore(trashed)

    restored = Post.objects.get()
    assert (restored.title, restored.author_list, list(restored.tags.all())) == (
        "Kept",
        [author],
        [tag],
    )
    assert (restored.deleted_at, restored.deleted_by) == (None, None)
    assert client.get(post.get_absolute_url()).status_code == 200


def test_moving_to_the_trash_again_changes_nothing():
    post = make_post()
    trash.move_to_trash(post, by=None)
    first = Post.everything.get().deleted_at

    trash.move_to_trash(Post.everything.get(), by=make_user())

    assert (Post.everything.get().deleted_at, Post.everything.get().deleted_by) == (first, None)


def test_moving_to_the_trash_overwrites_no_edit():
    post = make_post(title="Old")
    Post.objects.filter(pk=post.pk).update(title="Edited meanwhile")

    trash.move_to_trash(post, by=None)

    assert Post.everything.get().title == "Edited meanwhile"


def test_purge_takes_only_what_is_old_enough():
    make_post(deleted_at=long_ago(31), published_at=long_ago(99))
    make_page(deleted_at=long_ago(31))
    young = make_post(deleted_at=long_ago(29))
    living = make_post()

    assert trash.purge(timedelta(days=30), dry_run=True)["posts"] == 1
    assert Post.everything.count() == 3

    purged = trash.purge(timedelta(days=30))

    assert (purged["posts"], purged["pages"], purged["pictures"]) == (1, 1, 0)
    assert set(Post.everything.all()) == {young, living}
    assert not Page.everything.exists()
    assert not any(trash.purge(timedelta(days=30)).values())


def test_purged_post_answers_gone_at_every_address_it_had(client):
    post = make_post(slug="first", published_at=long_ago(99))
    post.slug = "second"
    post.save()
    trash.move_to_trash(post, by=None)

    trash.purge(timedelta(0))

    assert client.get("/post/first/").status_code == 410
    assert client.get("/post/second/").status_code == 410


@pytest.mark.parametrize("published_at", [None, in_an_hour()])
def test_purged_draft_leaves_no_trace(client, published_at):
    post = make_post(slug="never-seen", published_at=published_at)
    redirects.remember(post, "/old-address/")
    trash.move_to_trash(post, by=None)

    trash.purge(timedelta(0))

    assert client.get("/post/never-seen/").status_code == 404
    assert not Redirect.objects.exists()


def test_address_of_a_purged_post_can_be_used_again(client):
    trash.move_to_trash(make_post(slug="again"), by=None)
    trash.purge(timedelta(0))

    make_post(slug="again", title="A new start")

    assert client.get("/post/again/").status_code == 200


def test_purge_command_reports(settings):
    make_post(deleted_at=long_ago(31))
    make_post(deleted_at=long_ago(8))
    out = StringIO()

    call_command("purge_trash", stdout=out)
    call_command("purge_trash", days=7, dry_run=True, stdout=out)

    said = out.getvalue().split("\n")
    assert said[:3] == ["posts: 1 removed", "pages: 0 removed", "pictures: 0 removed"]
    assert "posts: 1 would go" in said
    assert Post.everything.count() == 1


@pytest.mark.parametrize("days", [-1, 10**9])
def test_purge_command_refuses_nonsense(days):
    with pytest.raises(CommandError, match="--days must be between 0 and"):
        call_command("purge_trash", days=days)


@pytest.mark.parametrize(("make", "model"), [(make_post, "post"), (make_page, "page")])
def test_editor_moves_to_the_trash_and_restores(desk, editor, make, model):
    thing = make()
    kind = type(thing)
    delete = address("delete", thing.pk, model=model)

    asked = desk.get(delete)
    assert "Move to the trash" in asked.content.decode()
    assert kind.objects.exists()

    response = desk.post(delete, {"post": "yes", "why": "Out of  date"})
    assert response.url == address("changelist", model=model)
    assert kind.everything.get().deleted_by == editor
    assert kind.everything.get().deleted_why == "Out of date"

    shown = desk.get(address("change", thing.pk, model=model)).content.decode()
    assert "In the trash since" in shown
    assert "Out of date" in shown
    assert "Restore from the trash" in shown

    response = desk.post(address("restore", thing.pk, model=model))
    assert response.url == address("change", thing.pk, model=model)
    assert kind.objects.get().status == "published"
    assert LogEntry.objects.count() == 2


def test_restoring_is_never_done_by_a_link(desk):
    post = make_post(deleted_at=timezone.now())

    assert desk.get(address("restore", post.pk)).status_code == 405
    assert not Post.objects.exists()


def test_trashed_post_cannot_be_edited(desk):
    post = make_post(title="Old", deleted_at=timezone.now())

    response = desk.post(address("change", post.pk), {"title": "New", "_publish": "1"})

    assert response.status_code == 403
    assert Post.everything.get().title == "Old"


def test_list_moves_many_and_restores_many(desk, editor):
    posts = [make_post(), make_post()]
    chosen = {"_selected_action": [post.pk for post in posts]}
    url = reverse("admin:posts_post_changelist")

    desk.post(url, chosen | {"action": "move_selected_to_trash"})
    assert set(Post.everything.values_list("deleted_by", flat=True)) == {editor.pk}

    desk.post(f"{url}?status=trashed", chosen | {"action": "restore_selected"})
    assert Post.objects.count() == 2


def test_who_may_not_delete_can_neither_trash_nor_restore(client):
    living, trashed = make_post(), make_post(deleted_at=timezone.now())
    staff_with(client, "view_post", "change_post")
    url = reverse("admin:posts_post_changelist")

    client.post(url, {"_selected_action": [living.pk], "action": "move_selected_to_trash"})

    assert client.post(address("delete", living.pk), {"post": "yes"}).status_code == 403
    assert client.post(address("restore", trashed.pk)).status_code == 403
    assert list(Post.objects.all()) == [living]
