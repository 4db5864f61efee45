"""The feeds, fetched and read as feed readers do."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts.feeds.formats import FORMATS
from posts.feeds.rss import RssFeed
from posts.models import Redirect
from posts.tests.factories import (
    in_an_hour,
    make_post,
    make_series,
    make_tag,
    make_user,
)
from posts.tests.reading import ALL_FEEDS, ATOM, XML_FEEDS, parse, root

pytestmark = pytest.mark.django_db

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/feed/", "application/atom+xml; charset=utf-8"),
        ("/rss/", "application/rss+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("posts", [0, 1, 3])
def test_feed_says_what_it_is(client, path, content_type, posts):
    for _number in range(posts):
        make_post()

    response = client.get(path)

    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.head(path)["ETag"] == response["ETag"]


@pytest.mark.parametrize("path", XML_FEEDS)
def test_empty_feed_is_well_formed_and_steady(client, path):
    first, second = client.get(path), client.get(path)

    assert parse(first).entries == []
    assert first.content == second.content


def test_atom_feed_has_what_rfc_4287_asks_for(client):
    authors = [make_user(display_name="Ada"), make_user(display_name="Grace")]
    post = make_post(
        authors=authors,
        tags=[make_tag("Python")],
        title="One",
        body="First *words*.\n\nMore.",
        published_at=datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC),
        updated_at=datetime(2021, 5, 4, 3, 2, 1, tzinfo=UTC),
    )

    feed = root(client.get("/feed/"))

    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "http://testserver/feed/"
    assert feed.findtext(f"{ATOM}title") == "Blogsite"
    assert feed.findtext(f"{ATOM}updated") == "2021-05-04T03:02:01+00:00"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": "http://testserver/feed/",
        "alternate": "http://testserver/",
    }
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == post.guid
    assert entry.findtext(f"{ATOM}title") == "One"
    assert entry.findtext(f"{ATOM}published") == "2020-05-04T03:02:01+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2021-05-04T03:02:01+00:00"
    assert entry.find(f"{ATOM}link").attrib == {"rel": "alternate", "href": post.permalink}
    assert [name.text for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == ["Ada", "Grace"]
    assert [each.get("term") for each in entry.iterfind(f"{ATOM}category")] == ["Python"]
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert "<em>words</em>" in entry.findtext(f"{ATOM}content")
    assert "More." in entry.findtext(f"{ATOM}content")


def test_rss_item_has_names_text_and_permanent_id(client):
    authors = [make_user(display_name="Ada"), make_user(display_name="Grace")]
    post = make_post(
        authors=authors,
        tags=[make_tag("Python")],
        body="First.\n\nMore.",
        published_at=datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC),
    )

    channel = root(client.get("/rss/")).find("channel")

    assert channel.findtext("link") == "http://testserver/"
    assert channel.find(f"{ATOM}link[@rel='self']").get("href") == "http://testserver/rss/"
    assert channel.findtext("language") == "en"
    (item,) = channel.findall("item")
    assert (item.findtext("guid"), item.find("guid").get("isPermaLink")) == (post.guid, "false")
    assert item.findtext("link") == post.permalink
    assert item.findtext("pubDate") == "Mon, 04 May 2020 03:02:01 +0000"
    assert [each.text for each in item.findall(CREATOR)] == ["Ada", "Grace"]
    assert [each.text for each in item.findall("category")] == ["Python"]
    assert "More." in item.findtext(CONTENT)
    assert item.findtext("description") == "<p>First.</p>"


def test_json_feed_is_version_1_1(client):
    author = make_user(display_name="Ada", handle="ada")
    post = make_post(
        authors=[author],
        tags=[make_tag("Python")],
        title="One",
        body="First.\n\nMore.",
        language="de",
        published_at=datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC),
    )

    feed = client.get("/feed.json").json()

    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blogsite",
        "home_page_url": "http://testserver/",
        "feed_url": "http://testserver/feed.json",
        "language": "en",
        "authors": [{"name": "Blogsite", "url": "http://testserver/"}],
        "items": [
            {
                "id": post.guid,
                "url": post.permalink,
                "title": "One",
                "content_html": post.body_html,
                "summary": "First.",
                "date_published": "2020-05-04T03:02:01Z",
                "date_modified": "2020-05-04T03:02:01Z",
                "authors": [{"name": "Ada", "url": "http://testserver/author/ada/"}],
                "tags": ["Python"],
                "language": "de",
            }
        ],
    }


@pytest.mark.parametrize("path", XML_FEEDS)
def test_feed_lists_newest_first_and_hides_the_rest(client, path):
    make_post(title="Old", published_at=datetime(2019, 1, 1, tzinfo=UTC))
    make_post(title="New", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    make_post(title="Draft", published_at=None)
    make_post(title="Later", published_at=in_an_hour())
    make_post(title="Trashed", deleted_at=timezone.now())

    entries = parse(client.get(path)).entries

    assert [entry.title for entry in entries] == ["New", "Old"]


@pytest.mark.parametrize("suffix", ["feed/", "rss/"])
@pytest.mark.parametrize("kind", ["tag", "author", "series"])
def test_feed_of_a_group_holds_its_posts_only(client, kind, suffix):
    ada = make_user(display_name="Ada", handle="x")
    tag, series = make_tag("X", slug="x"), make_series("X", slug="x")
    make_post(title="In", authors=[ada], tags=[tag], series=series)
    make_post(title="Out")

    found = parse(client.get(f"/{kind}/x/{suffix}"))

    assert [entry.title for entry in found.entries] == ["In"]
    assert found.feed.link == f"http://testserver/{kind}/x/"


@pytest.mark.parametrize("kind", ["tag", "author", "series"])
@pytest.mark.parametrize("suffix", ["feed/", "rss/", "feed.json", "atom.xml", "feed/rss"])
def test_group_without_published_posts_has_no_feed(client, kind, suffix):
    make_post(
        authors=[make_user(handle="x")],
        tags=[make_tag("X", slug="x")],
        series=make_series("X", slug="x"),
        published_at=None,
    )

    assert client.get(f"/{kind}/x/{suffix}").status_code == 404
    assert client.get(f"/{kind}/unknown/{suffix}").status_code == 404


@pytest.mark.parametrize("place", ["/", "/tag/x/", "/author/x/", "/series/x/"])
@pytest.mark.parametrize("feed", FORMATS.values(), ids=lambda feed: feed.name)
def test_alias_leads_to_the_feed_in_one_hop(client, place, feed):
    make_post(
        authors=[make_user(handle="x")],
        tags=[make_tag("X", slug="x")],
        series=make_series("X", slug="x"),
    )

    answers = {
        name + slash: client.get(f"{place}{name}{slash}?page=2").headers["Location"]
        for name in feed.aliases
        for slash in ("", "/")
    }

    assert set(answers.values()) == {f"{place}{feed.suffix}?page=2"}
    assert client.get(place + feed.suffix).status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [("feed/", "feed/"), ("feed", "feed/"), ("feed.json", "feed.json"), ("index.xml", "rss/")],
)
def test_feed_moves_with_its_tag(client, old, new):
    tag = make_tag("Old")
    make_post(tags=[tag])
    tag.slug = "new"
    tag.save()

    response = client.get(f"/tag/old/{old}", follow=True)

    assert response.redirect_chain[-1] == (f"/tag/new/{new}", 301)
    assert len(response.redirect_chain) == 1


def test_former_address_that_became_a_page_has_no_feed(client):
    Redirect.objects.create(path="/category/x/", to_path="/about/")

    assert client.get("/category/x/").status_code == 301
    assert client.get("/category/x/feed/").status_code == 404


@pytest.mark.parametrize("path", [*ALL_FEEDS, "/atom.xml"])
def test_feed_can_only_be_read(path):
    client = Client(enforce_csrf_checks=True)

    assert client.post(path).status_code == 405
    assert client.head(path).status_code in {200, 301}


@pytest.mark.parametrize("path", ALL_FEEDS)
def test_addresses_come_from_the_settings_and_not_from_the_request(client, settings, path):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    make_post(body="[a](/b/)")

    other = client.get(path, headers={"Host": "other.example", "X-Forwarded-Host": "evil.example"})

    assert other.content == client.get(path).content
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", [*ALL_FEEDS, "/tag/x/feed/", "/author/x/rss/", "/series/x/feed/"])
def test_feed_costs_the_same_queries_for_one_post_and_three(client, path):
    author, tag, series = make_user(handle="x"), make_tag("X"), make_series("X")
    counts = []
    for _number in (1, 2, 3):
        make_post(authors=[author], tags=[tag], series=series)
        client.get(path)  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[-1] <= 6


def test_app_above_can_extend_a_format(client, monkeypatch):
    """The seam for comments: one look at all posts, then words on each item."""

    class Counting(RssFeed):
        def prepare(self, posts):
            self.counts = {post.pk: len(posts) for post in posts}

        def add_item_elements(self, handler, item):
            super().add_item_elements(handler, item)
            handler.addQuickElement("comments", str(self.counts[item["post"].pk]))

    monkeypatch.setattr(FORMATS["rss"], "writer", Counting)
    make_post()

    assert root(client.get("/rss/")).findtext("channel/item/comments") == "1"


def test_json_feed_is_plain_utf_8(client):
    make_post(title="标题")

    assert "标题" in client.get("/feed.json").content.decode()
    assert json.loads(client.get("/feed.json").content)["items"][0]["title"] == "标题"
