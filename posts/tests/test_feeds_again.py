"""Asking for the next page of a feed, and asking again for the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from posts.feeds import freshness
from posts.models import Post, SiteSettings
from posts.tests.factories import (
    an_hour_ago,
    in_an_hour,
    make_post,
    make_tag,
)
from posts.tests.reading import ALL_FEEDS, ATOM, root

pytestmark = pytest.mark.django_db


def make_posts(number):
    Post.objects.bulk_create(
        Post(
            title=f"Post {place}",
            slug=f"post-{place}",
            guid=f"tag:testserver,2020:{place}",
            published_at=an_hour_ago() - timedelta(days=place),
        )
        for place in range(number)
    )


def test_long_feed_comes_in_pages(client):
    make_posts(45)
    links = {}

    for page in ("1", "2", "3"):
        feed = root(client.get("/feed/", {"page": page}, follow=True))
        links[page] = {
            link.get("rel"): link.get("href").removeprefix("http://testserver")
            for link in feed.findall(f"{ATOM}link")
            if link.get("rel") != "alternate"
        }

    ends = {"first": "/feed/", "last": "/feed/?page=3"}
    assert links == {
        "1": {"self": "/feed/", "next": "/feed/?page=2"} | ends,
        "2": {"self": "/feed/?page=2", "previous": "/feed/", "next": "/feed/?page=3"} | ends,
        "3": {"self": "/feed/?page=3", "previous": "/feed/?page=2"} | ends,
    }


def test_rss_comes_in_pages_too(client):
    make_posts(21)

    channel = root(client.get("/rss/")).find("channel")

    links = {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://testserver/rss/",
        "first": "http://testserver/rss/",
        "next": "http://testserver/rss/?page=2",
        "last": "http://testserver/rss/?page=2",
    }


def test_pages_hold_every_post_once(client):
    make_posts(45)

    address, found = "/feed.json", []
    while address:
        feed = client.get(address).json()
        found += [item["title"] for item in feed["items"]]
        address = feed.get("next_url")

    assert found == [f"Post {place}" for place in range(45)]


@pytest.mark.parametrize("path", ALL_FEEDS)
@pytest.mark.parametrize("page", ["0", "x", "2", "-1", "", "9999999", "1e1", "02", "２"])
def test_page_out_of_range_or_nonsense_is_404(client, path, page):
    make_post()

    assert client.get(path, {"page": page}).status_code == 404


def test_first_page_has_one_address(client):
    response = client.get("/rss/?page=1")

    assert (response.status_code, response["Location"]) == (301, "/rss/")


@pytest.mark.parametrize("path", ALL_FEEDS)
def test_unchanged_feed_is_not_sent_again(client, path):
    make_post()
    first = client.get(path)

    by_etag = client.get(path, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_etag.status_code, by_etag.content) == (304, b"")
    assert (by_date.status_code, by_date.content) == (304, b"")


def edit(post):
    post.body = "Other words."
    post.save()


def publish_another(post):
    make_post(published_at=datetime(2001, 1, 1, tzinfo=UTC))


def trash(post):
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())


def purge(post):
    post.delete()


def rename_tag(post):
    post.tags.update(name="Renamed")


def rename_author(post):
    post.authors.update(display_name="Renamed")


def rename_site(post):
    SiteSettings(title="Renamed").save()


def become_due(post):
    Post.objects.scheduled().update(published_at=an_hour_ago() - timedelta(days=900))


CHANGES = [
    edit,
    publish_another,
    trash,
    purge,
    rename_tag,
    rename_author,
    rename_site,
    become_due,
]


@pytest.mark.parametrize("path", ALL_FEEDS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_changed_feed_is_never_a_304(client, path, change):
    """Within the same second, and whatever date the reader remembers."""
    post = make_post(tags=[make_tag("First")])
    make_post(published_at=in_an_hour())
    first = client.get(path)

    change(post)

    by_etag = client.get(path, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (by_etag.status_code, by_date.status_code) == (200, 200)
    assert by_etag.content == by_date.content != first.content


def test_date_that_we_never_gave_is_not_believed(client):
    make_post()

    response = client.get("/feed/", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})

    assert response.status_code == 200


def test_forgetting_all_dates_hides_no_change(client, monkeypatch):
    monkeypatch.setattr(freshness, "MAX_ADDRESSES", 1)
    make_post()
    first = client.get("/feed/")
    client.get("/rss/")
    make_post()

    response = client.get("/feed/", headers={"If-Modified-Since": first["Last-Modified"]})

    assert response.content != first.content
    assert response.status_code == 200
