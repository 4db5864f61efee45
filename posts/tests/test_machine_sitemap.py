"""The sitemap, whole and in files."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from posts import sitemaps
from posts.tests.factories import (
    in_an_hour,
    make_page,
    make_post,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db

SPACE = {"s": sitemaps.NAMESPACE}


def locations(response):
    return etree.fromstring(response.content).xpath("//s:loc/text()", namespaces=SPACE)


def test_sitemap_lists_every_kind_of_page_once(client):
    make_post(
        slug="one",
        authors=[make_user(handle="ada")],
        tags=[make_tag("Python")],
        series=make_series("Course"),
    )
    make_page(slug="about")

    assert locations(client.get("/sitemap.xml")) == [
        f"http://testserver{path}"
        for path in (
            "/",
            "/tags/",
            "/series/",
            "/archive/",
            "/post/one/",
            "/about/",
            "/tag/python/",
            "/series/course/",
            "/author/ada/",
        )
    ]


def test_sitemap_of_an_empty_site_is_the_front_page(client):
    assert locations(client.get("/sitemap.xml")) == ["http://testserver/"]


def test_every_address_in_the_sitemap_answers(client):
    make_post(slug="标题", tags=[make_tag("مرحبا", slug="مرحبا")], series=make_series("Ж"))
    make_page()

    found = locations(client.get("/sitemap.xml"))

    answers = [client.get(each.removeprefix("http://testserver")).status_code for each in found]
    assert answers == [200] * 9


def test_sitemap_says_when_readers_last_got_something_new(client):
    day = datetime(2020, 1, 1, 10, 20, 30, 400, tzinfo=UTC)
    later = datetime(2021, 1, 1, tzinfo=UTC)
    make_post(slug="a", published_at=day)
    make_post(slug="b", published_at=day, updated_at=later)
    make_post(slug="c", published_at=later, updated_at=day)

    sitemap = etree.fromstring(client.get("/sitemap-posts-1.xml").content)

    assert sitemap.xpath("//s:lastmod/text()", namespaces=SPACE) == [
        "2020-01-01T10:20:30Z",
        "2021-01-01T00:00:00Z",
        "2021-01-01T00:00:00Z",
    ]


def test_sitemap_leaves_out_what_search_engines_should_not_list(client):
    hidden = {"authors": [make_user(handle="ghost")], "tags": [make_tag("Ghost")]}
    make_post(slug="draft", published_at=None, **hidden)
    make_post(slug="later", published_at=in_an_hour(), **hidden)
    make_post(slug="noindex", noindex=True)
    make_post(slug="elsewhere", canonical_url="https://other.example/post/")
    make_post(slug="here", canonical_url="http://testserver/post/here/")
    make_page(slug="secret", noindex=True)

    found = " ".join(locations(client.get("/sitemap.xml")))

    assert "/post/here/" in found
    for word in ("draft", "later", "/noindex/", "elsewhere", "secret", "ghost"):
        assert word not in found


def test_long_sitemap_becomes_an_index_of_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_ADDRESSES", 2)
    author = make_user(handle="ada")
    for slug in ("a", "b", "c"):
        make_post(slug=slug, authors=[author])

    index = client.get("/sitemap.xml")

    assert etree.fromstring(index.content).tag == f"{{{sitemaps.NAMESPACE}}}sitemapindex"
    files = [each.removeprefix("http://testserver") for each in locations(index)]
    assert files == [
        "/sitemap-overviews-1.xml",
        "/sitemap-posts-1.xml",
        "/sitemap-posts-2.xml",
        "/sitemap-authors-1.xml",
    ]
    found = [each for file in files for each in locations(client.get(file))]
    paths = ["/", "/archive/", "/post/a/", "/post/b/", "/post/c/", "/author/ada/"]
    assert found == [f"http://testserver{path}" for path in paths]


@pytest.mark.parametrize(
    "file", ["posts-0", "posts-2", f"posts-{10**15}", "nothing-1", "overviews-2", "tags-1"]
)
def test_file_that_the_index_does_not_name_is_404(client, file):
    make_post()

    assert client.get(f"/sitemap-{file}.xml").status_code == 404
