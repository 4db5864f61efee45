"""Mass assignment: an author sends fields that no form of theirs shows."""

import pytest

from posts import trash
from posts.models import Byline, Post
from posts.tests.authors import sign_in
from posts.tests.factories import make_post, make_series, make_user
from posts.tests.writing import address, edit, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    return sign_in(client)


FORBIDDEN = {
    "published_at_0": "2020-01-01",
    "published_at_1": "10:00",
    "published_at": "2020-01-01 10:00",
    "deleted_at": "2020-01-01",
    "guid": "tag:evil",
    "source": "evil",
    "noindex": "on",
    "evergreen": "on",
    "canonical_url": "https://evil.example/",
    "updated_at_0": "2020-01-01",
    "updated_at_1": "10:00",
    "submitted_at": "2020-01-01",
}


def test_author_cannot_set_what_the_form_does_not_show(client, author):
    post = make_post(authors=[author], published_at=None)
    other, series, newer = make_user(is_staff=True), make_series(), make_post()
    names = ["published_at", "deleted_at", "guid", "source", "noindex", "evergreen"]
    names += ["canonical_url", "updated_at", "submitted_at", "series_id", "superseded_by_id"]
    before = Post.objects.values(*names).get(pk=post.pk)

    edit(
        client,
        post,
        **FORBIDDEN,
        series=series.pk,
        superseded_by=newer.pk,
        authors=[other.pk],
        **{"bylines-TOTAL_FORMS": "1", "bylines-INITIAL_FORMS": "0", "bylines-0-user": other.pk},
    )

    assert Post.objects.values(*names).get(pk=post.pk) == before
    assert list(Byline.objects.filter(post=post).values_list("user", flat=True)) == [author.pk]


@pytest.mark.parametrize("page", ["add", "change"])
def test_author_cannot_publish_by_a_button_of_their_own_making(client, author, page):
    post = make_post(authors=[author], published_at=None)
    url = address(page) if page == "add" else address(page, post.pk)

    response = client.post(url, fields_of(client.get(url)) | {"title": "T", "_publish": "1"})

    assert response.status_code == 403
    assert not Post.objects.published().exists()
    assert Post.objects.count() == 1


def test_author_cannot_bring_back_what_was_public(client, author):
    post = make_post(authors=[author])
    trash.move_to_trash(post, by=None)

    response = client.post(address("restore", post.pk))

    assert response.status_code == 403
    assert Post.everything.get().deleted_at is not None
