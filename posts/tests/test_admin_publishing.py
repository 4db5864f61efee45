"""Drafting, publishing and scheduling in the admin."""

from datetime import UTC, datetime

import pytest

from posts.models import Post
from posts.tests.factories import in_an_hour, make_post
from posts.tests.writing import address, edit, write

pytestmark = pytest.mark.django_db


def test_new_post_is_a_draft_by_its_writer(desk, editor):
    response = write(desk, title="A walk", body="Some *words*.")

    post = Post.objects.get()
    assert response.url == address("change", post.pk)
    assert (post.slug, post.status, post.body_html) == (
        "a-walk",
        "draft",
        "<p>Some <em>words</em>.</p>\n",
    )
    assert post.author_list == [editor]


def test_new_post_can_be_published_at_once(desk):
    response = write(desk, button="_publish", title="Now", body="Text.")

    post = Post.objects.get()
    assert post.is_published
    assert response.url == address("change", post.pk)


def test_draft_and_scheduled_post_can_be_published_now(desk):
    draft = make_post(published_at=None)
    scheduled = make_post(published_at=in_an_hour())

    edit(desk, draft, button="_publish")
    edit(desk, scheduled, button="_publish")

    assert [post.status for post in Post.objects.all()] == ["published", "published"]


def test_publishing_again_does_not_move_the_date(desk):
    moment = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    post = make_post(published_at=moment)

    edit(desk, post, button="_publish")

    post.refresh_from_db()
    assert post.published_at == moment


def test_post_can_be_scheduled(desk):
    write(desk, title="Soon", published_at_0="2099-12-31", published_at_1="12:00")

    post = Post.objects.get()
    assert post.published_at == datetime(2099, 12, 31, 12, 0, tzinfo=UTC)
    assert post.status == "scheduled"


def test_saving_a_published_post_tells_readers_nothing(desk):
    post = make_post()

    edit(desk, post, body="Changed.")

    post.refresh_from_db()
    assert (post.body, post.updated_at, post.reviewed_at) == ("Changed.", None, None)


def test_update_and_review_are_set_by_the_editor(desk):
    post = make_post()

    edit(desk, post, updated_at_0="2026-01-02", updated_at_1="03:04", reviewed_at="2026-01-03")

    post.refresh_from_db()
    assert post.updated_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert f"{post.reviewed_at}" == "2026-01-03"


def test_view_on_site_leads_to_the_page(desk):
    draft = make_post(published_at=None)

    html = desk.get(address("change", draft.pk)).content.decode()

    assert f'href="{draft.get_absolute_url()}"' in html
    assert desk.get(draft.get_absolute_url()).status_code == 200
