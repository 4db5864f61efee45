"""Who may do what with posts in the admin."""

import pytest
from django.urls import reverse

from posts.models import Byline, Post
from posts.tests.factories import make_post, make_tag, make_user
from posts.tests.writing import address, staff_with, write

pytestmark = pytest.mark.django_db


def test_staff_without_permissions_can_do_nothing(client):
    post = make_post()
    staff_with(client)

    for url in [address("changelist"), address("add"), address("change", post.pk)]:
        assert client.get(url).status_code == 403
    assert client.post(address("delete", post.pk), {"post": "yes"}).status_code == 403
    assert client.post(address("restore", post.pk)).status_code == 404


def test_viewer_reads_and_changes_nothing(client):
    post = make_post(tags=[make_tag("Seen")])
    staff_with(client, "view_post")

    response = client.get(address("change", post.pk))
    refused = client.post(address("change", post.pk), {"title": "Changed", "_publish": "1"})

    assert response.status_code == 200
    assert "Seen" in response.content.decode()
    assert refused.status_code == 403
    assert Post.objects.get().title == post.title


def test_writer_may_name_authors_without_further_rights(client):
    user = staff_with(client, "add_post", "change_post")
    other = make_user(is_staff=True)

    write(client, title="Mine", **{"bylines-0-user": other.pk})

    post = Post.objects.get()
    assert post.author_list == [other]
    assert Byline.objects.exclude(user=other).count() == 0
    assert user != other


def test_fields_that_no_form_shows_cannot_be_set(desk):
    write(desk, title="T", guid="tag:evil", deleted_at="2020-01-01", source="evil", word_count="9")

    post = Post.objects.get()
    assert post.guid.startswith("tag:testserver,")
    assert (post.deleted_at, post.source, post.word_count) == (None, "", 0)


def test_start_page_tells_nothing_to_who_may_not_read_posts(client):
    make_post(title="Half done", published_at=None)
    staff_with(client)

    assert b"Half done" not in client.get(reverse("admin:index")).content
