"""Whether there is news, for pages that are open meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from comments.models import Status
from comments.tests.factories import make_comment
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def address_of(post):
    return f"{post.get_absolute_url()}comments/state.json"


def test_state_counts_what_readers_see(client):
    post = make_post()
    make_comment(post)
    newest = make_comment(post)
    make_comment(post, status=Status.PENDING)

    response = client.get(address_of(post))

    assert response.json() == {"count": 2, "newest": newest.pk}
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_post_without_comments_has_a_state(client):
    assert client.get(address_of(make_post())).json() == {"count": 0, "newest": 0}


def test_unchanged_state_is_304(client):
    post = make_comment().post
    first = client.get(address_of(post))

    second = client.get(address_of(post), headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 304


def test_state_costs_two_queries(client):
    post = make_comment().post

    with CaptureQueriesContext(connection) as queries:
        client.get(address_of(post))

    assert len(queries) == 2


@pytest.mark.parametrize("fields", [{"published_at": None}, {"published_at": "2099-01-01T00:00Z"}])
def test_hidden_post_has_no_state(client, fields):
    comment = make_comment(make_post(**fields))

    first, second = (client.get(address_of(comment.post)).status_code for _try in range(2))

    assert (first, second) == (404, 404)


@pytest.mark.parametrize("slug", ["x" * 3000, "ü-%s", "a%20b"])
def test_odd_address_is_404(client, slug):
    assert client.get(f"/post/{slug}/comments/state.json").status_code == 404


@pytest.mark.parametrize("path", ["", "comments/"])
def test_page_says_what_to_ask_and_what_it_shows(client, path):
    comment = make_comment()

    page = client.get(comment.post.get_absolute_url() + path)
    (section,) = fromstring(page.content.decode()).xpath("//*[@data-comments]")
    (threads,) = section.xpath(".//*[@data-threads]")

    assert section.get("data-state-address") == address_of(comment.post)
    assert section.get("data-threads-address") == f"{comment.post.get_absolute_url()}comments/"
    assert (threads.get("data-count"), threads.get("data-newest")) == ("1", str(comment.pk))


def test_threads_are_the_same_on_both_pages(client):
    post = make_post()
    make_comment(parent=make_comment(post))

    drawn = [
        fromstring(client.get(post.get_absolute_url() + path).content.decode())
        .xpath("//*[@data-threads]")[0]
        .xpath("string(.)")
        for path in ("", "comments/")
    ]

    assert drawn[0] == drawn[1]
