"""The trash as a page: who sees what, restores it, and removes it for good."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from posts import trash
from posts.models import Image, Page, Post, SiteSettings
from posts.periodic import empty_the_trash
from posts.tests.authors import sign_in
from posts.tests.factories import make_page, make_post, make_user
from posts.tests.pictures import picture_bytes, store
from posts.tests.writing import address, staff_with

pytestmark = pytest.mark.django_db

TRASH = "/admin/trash/"


def thrown_away(thing, why="Zqwhy"):
    trash.move_to_trash(thing, by=make_user(display_name="Zqremover"), why=why)
    return thing


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("post", lambda: make_post(title="Zqthing")),
        ("page", lambda: make_page(title="Zqthing")),
        ("image", lambda: store(picture_bytes(), alt="Zqthing")),
    ],
)
def test_page_names_who_and_why_restores_and_removes(admin_client, kind, make):
    thing = thrown_away(make())
    rows = type(thing).everything
    url = f"{TRASH}?kind={kind}"

    page = admin_client.get(url).content.decode()
    assert all(word in page for word in ("Zqthing", "Zqremover", "Zqwhy"))

    restored = admin_client.post(address("restore", thing.pk, model=kind), {"to_trash": "1"})
    assert restored.url == url
    assert rows.get().deleted_at is None
    assert "Zqwhy" not in admin_client.get(url).content.decode()

    thrown_away(rows.get())
    remove = address("remove", thing.pk, model=kind)
    assert "Nobody can bring it back" in admin_client.get(remove).content.decode()
    assert rows.exists()
    admin_client.post(remove)
    assert not rows.exists()


def test_what_is_not_in_the_trash_cannot_be_removed(admin_client):
    post = make_post()

    assert admin_client.post(address("remove", post.pk)).status_code == 404
    assert Post.objects.exists()


def test_who_may_delete_but_not_keep_the_site_removes_nothing(client):
    post = thrown_away(make_post())
    staff_with(client, "view_post", "change_post", "delete_post")

    page = client.get(TRASH).content.decode()

    assert address("restore", post.pk) in page
    assert address("remove", post.pk) not in page
    assert client.post(address("remove", post.pk)).status_code == 403


def test_author_finds_their_own_in_the_trash(client):
    author = sign_in(client)
    own = thrown_away(make_post(title="Zqown", authors=[author], published_at=None))
    dated = thrown_away(make_post(title="Zqdated", authors=[author]))
    thrown_away(make_post(title="Zqforeign"))
    thrown_away(make_page(title="Zqpage"))

    page = client.get(TRASH).content.decode()

    assert "Zqown" in page
    assert "Zqforeign" not in page
    assert address("restore", own.pk) in page
    assert address("restore", dated.pk) not in page
    assert "Zqpage" not in client.get(f"{TRASH}?kind=page").content.decode()


def test_staff_without_rights_have_no_trash(client):
    staff_with(client)

    assert client.get(TRASH).status_code == 403


def test_start_page_leads_to_the_trash_who_may_look(client):
    sign_in(client)
    assert f'href="{TRASH}"' in client.get("/admin/").content.decode()

    staff_with(client)
    assert f'href="{TRASH}"' not in client.get("/admin/").content.decode()


def test_outsiders_have_no_trash(client):
    assert client.get(TRASH).status_code == 302


@pytest.mark.parametrize("query", ["?kind=nonsense", "?kind=%00", "?page=1"])
def test_odd_questions_are_answered(admin_client, query):
    assert admin_client.get(TRASH + query).status_code == 200


def test_page_is_paged_and_takes_the_same_queries(admin_client):
    thrown_away(make_post())
    admin_client.get(TRASH)
    with CaptureQueriesContext(connection) as one:
        admin_client.get(TRASH)
    for _number in range(60):
        make_post(deleted_at=timezone.now(), deleted_by=make_user())

    with CaptureQueriesContext(connection) as many:
        page = admin_client.get(TRASH).content.decode()

    assert len(many) == len(one)
    assert "Page 1 of 2" in page
    assert admin_client.get(TRASH + "?kind=post&page=2").status_code == 200


@pytest.mark.parametrize(("days", "kept"), [(None, 1), (40, 1), (30, 0)])
def test_trash_is_emptied_as_the_settings_say(days, kept):
    make_post(deleted_at=timezone.now() - timedelta(days=31))
    SiteSettings(purge_trash_after_days=days).save()

    empty_the_trash()

    assert Post.everything.count() == kept


def test_restored_text_brings_everything_back(admin_client):
    series_post = make_post(slug="first", title="Zq")
    series_post.slug = "second"
    series_post.save()
    thrown_away(series_post)

    admin_client.post(reverse("admin:posts_post_restore", args=[series_post.pk]))

    assert admin_client.get("/post/first/").status_code == 301
    assert admin_client.get("/post/second/").status_code == 200
    assert not Page.everything.trashed().exists()
    assert not Image.everything.trashed().exists()
