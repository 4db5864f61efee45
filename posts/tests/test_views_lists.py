"""Lists of posts: front page, tags, series, archive, search."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from posts.models import SiteSettings
from posts.tests.factories import make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db


def titles(response):
    return [post.title for post in response.context["post_list"]]


def test_front_page_lists_newest_first(client):
    make_post(title="Old", published_at=datetime(2019, 1, 1, tzinfo=UTC))
    make_post(title="New", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    make_post(title="Draft", published_at=None)

    assert titles(client.get("/")) == ["New", "Old"]


def test_front_page_says_who_when_and_under_what(client):
    authors = [make_user(display_name="Ada"), make_user(display_name="Grace")]
    tags = [make_tag("Python"), make_tag("SQL")]
    make_post(
        authors=authors, tags=tags, published_at=datetime(2017, 7, 18, 20, 16, 19, tzinfo=UTC)
    )

    html = client.get("/").content.decode()

    assert 'datetime="2017-07-18T20:16:19Z"' in html
    words = " ".join(fromstring(html).text_content().split())
    assert "Posted by Ada and Grace under Python, SQL." in words


def test_empty_site_explains_itself(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Nothing has been published yet" in response.content.decode()


@pytest.mark.parametrize(
    "page",
    ["0", "x", "9999999", "-1", "last", "", "1.0", " 2", "０２", "02", "99999999999999999999"],
)
def test_page_out_of_range_or_nonsense_is_404(client, page):
    make_post()

    assert client.get("/", {"page": page}).status_code == 404


def test_first_page_has_one_address(client):
    make_post()

    assert client.get("/?page=1")["Location"] == "/"


def test_pages_are_numbered(client):
    SiteSettings(posts_per_page=2).save()
    for year in (2020, 2021, 2022):
        make_post(title=str(year), published_at=datetime(year, 1, 1, tzinfo=UTC))

    assert titles(client.get("/")) == ["2022", "2021"]
    assert titles(client.get("/?page=2")) == ["2020"]


def list_addresses(tag, author, series):
    return [
        "/",
        f"/tag/{tag.slug}/",
        f"/author/{author.handle}/",
        f"/series/{series.slug}/",
        "/tags/",
        "/series/",
        "/archive/",
        "/2020/",
        "/2020/05/",
        "/search/?q=text",
    ]


def test_lists_cost_the_same_queries_whatever_they_list(client):
    tag, author, series = make_tag(), make_user(), make_series()

    def fill(number):
        for _ in range(number):
            make_post(
                authors=[author, make_user()],
                tags=[tag, make_tag()],
                series=series,
                published_at=datetime(2020, 5, 1, tzinfo=UTC),
            )

    def count():
        costs = {}
        for address in list_addresses(tag, author, series):
            client.get(address)  # what many pages need is remembered from then on
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            costs[address] = len(queries)
        return costs

    SiteSettings(posts_per_page=50).save()
    fill(1)
    with_one = count()
    fill(2)
    with_three = count()
    fill(27)
    with_thirty = count()

    assert with_one == with_three == with_thirty


@pytest.mark.parametrize("address", ["/tag/{}/", "/series/{}/", "/author/{}/", "/post/{}/", "/{}/"])
def test_unknown_things_are_404(client, address):
    assert client.get(address.format("nothing")).status_code == 404


def test_groups_that_only_hidden_posts_are_in_are_404(client):
    tag, series, author = make_tag(slug="t"), make_series(slug="s"), make_user(handle="a")
    make_post(tags=[tag], series=series, authors=[author], published_at=None)

    statuses = [client.get(path).status_code for path in ("/tag/t/", "/series/s/", "/author/a/")]

    assert statuses == [404, 404, 404]
    assert "tag" not in [tag.slug for tag in client.get("/tags/").context["tag_list"]]


def test_tag_page_counts_its_published_posts(client):
    tag = make_tag("Python", description="All about *snakes*.")
    make_post(tags=[tag])
    make_post(tags=[tag])
    make_post(tags=[tag], published_at=None)

    response = client.get("/tag/python/")

    assert response.context["tag"].post_count == 2
    assert "All about <em>snakes</em>." in response.content.decode()


def test_series_page_lists_parts_in_reading_order(client):
    series = make_series(slug="s")
    make_post(title="Two", series=series, series_part=2)
    make_post(title="One", series=series, series_part=1)
    make_post(title="Loose", series=series)
    make_post(title="Hidden", series=series, series_part=3, published_at=None)

    assert titles(client.get("/series/s/")) == ["One", "Two", "Loose"]


def test_archive_counts_by_year_and_month(client):
    for month in (1, 1, 12):
        make_post(published_at=datetime(2020, month, 5, tzinfo=UTC))

    (year,) = client.get("/archive/").context["years"]

    assert (year["year"], year["count"]) == (2020, 3)
    assert [(m["address"], m["count"]) for m in year["months"]] == [
        ("/2020/12/", 1),
        ("/2020/01/", 2),
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/2020/", 200),
        ("/2020/12/", 200),
        ("/2020/1/", 301),
        ("/2020/01/", 404),
        ("/2020/13/", 404),
        ("/2020/00/", 404),
        ("/0000/", 404),
        ("/9999/", 404),
        ("/9999/12/", 404),
    ],
)
def test_periods(client, address, status):
    make_post(published_at=datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC))
    make_post(published_at=datetime(2021, 1, 1, tzinfo=UTC))

    assert client.get(address).status_code == status


def test_period_ends_where_the_next_begins(client):
    make_post(title="Last", published_at=datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC))
    make_post(title="First", published_at=datetime(2021, 1, 1, tzinfo=UTC))

    assert titles(client.get("/2020/12/")) == ["Last"]
    assert titles(client.get("/2021/")) == ["First"]


@pytest.mark.parametrize("query", ["", "nothing-like-this", "\0", "%", "a" * 10_000, "<script>"])
def test_search_answers_whatever_is_asked(client, query):
    make_post()

    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert titles(response) == []


def test_search_finds_published_posts_by_all_words(client):
    make_post(title="Cookies and headers", body="Attributes.")
    make_post(title="Cookies", body="Baking.")
    make_post(title="Cookies and headers again", body="Attributes.", published_at=None)

    assert titles(client.get("/search/?q=cookies attributes")) == ["Cookies and headers"]
