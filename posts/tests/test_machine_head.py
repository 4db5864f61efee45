"""What the head of a page tells programs, beside its JSON-LD."""

from datetime import UTC, datetime

import pytest
from lxml import html

from posts.models import Image, SiteSettings
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db

MOMENT = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)


def head(client, path):
    return html.fromstring(client.get(path).content.decode()).find("head")


def metas(client, path) -> list[tuple[str, str]]:
    """Names and contents of the meta elements that a card for sharing is made of."""
    found = head(client, path).xpath("meta[@property or @name]")
    pairs = [(meta.get("property") or meta.get("name"), meta.get("content")) for meta in found]
    return [(name, value) for name, value in pairs if name.partition(":")[1] or name == "author"]


def feeds(client, path) -> list[tuple[str, str, str]]:
    found = head(client, path).xpath("link[@rel='alternate'][@title]")
    return [(link.get("type"), link.get("title"), link.get("href")) for link in found]


def test_post_has_a_card_with_picture_and_facts(client):
    cover = Image.objects.create(file="images/a.webp", width=800, height=600, digest="0" * 64)
    make_post(
        slug="one",
        title='A "quoted" <title>',
        body="First words.",
        language="de-AT",
        authors=[make_user(display_name="Ada", handle="ada")],
        tags=[make_tag("Python"), make_tag("SQL")],
        cover=cover,
        cover_alt="A picture",
        published_at=MOMENT,
        updated_at=MOMENT.replace(year=2021),
    )

    assert metas(client, "/post/one/") == [
        ("og:type", "article"),
        ("og:title", 'A "quoted" <title>'),
        ("og:description", "First words."),
        ("og:url", "http://testserver/post/one/"),
        ("og:site_name", "Blogsite"),
        ("og:locale", "de_AT"),
        ("og:image", "http://testserver/media/images/a.webp"),
        ("og:image:width", "800"),
        ("og:image:height", "600"),
        ("og:image:alt", "A picture"),
        ("twitter:card", "summary_large_image"),
        ("author", "Ada"),
        ("article:author", "http://testserver/author/ada/"),
        ("article:published_time", "2020-05-04T03:02:01Z"),
        ("article:modified_time", "2021-05-04T03:02:01Z"),
        ("article:section", "Python"),
        ("article:tag", "Python"),
        ("article:tag", "SQL"),
    ]


def test_front_page_has_the_card_of_the_site(client):
    SiteSettings(title="My site", tagline="Words").save()

    assert metas(client, "/") == [
        ("og:type", "website"),
        ("og:title", "My site"),
        ("og:description", "Words"),
        ("og:url", "http://testserver/"),
        ("og:site_name", "My site"),
        ("og:locale", "en"),
        ("twitter:card", "summary"),
    ]


def test_card_of_a_copy_names_the_original(client):
    make_post(slug="one", canonical_url="https://other.example/one/")

    assert ("og:url", "https://other.example/one/") in metas(client, "/post/one/")


SITE_FEEDS = [
    ("application/atom+xml", "Blogsite (Atom)", "http://testserver/feed/"),
    ("application/rss+xml", "Blogsite (RSS)", "http://testserver/rss/"),
    ("application/feed+json", "Blogsite (JSON Feed)", "http://testserver/feed.json"),
]


@pytest.mark.parametrize("path", ["/", "/tags/", "/about/", "/search/?q=x"])
def test_page_announces_the_feeds_of_the_site(client, path):
    make_post()
    make_page(slug="about")

    assert feeds(client, path) == SITE_FEEDS


@pytest.mark.parametrize(
    ("path", "name"),
    [("/tag/标题/", "Python"), ("/author/ж/", "Ada"), ("/series/m/", "Course")],
)
def test_group_announces_its_own_feeds_first(client, path, name):
    make_post(
        authors=[make_user(display_name="Ada", handle="ж")],
        tags=[make_tag("Python", slug="标题")],
        series=make_series("Course", slug="m"),
    )

    found = feeds(client, path)

    assert found[3:] == SITE_FEEDS
    assert [title for _type, title, _address in found[:3]] == [
        f"{name} – Blogsite (Atom)",
        f"{name} – Blogsite (RSS)",
        f"{name} – Blogsite (JSON Feed)",
    ]
    for content_type, _title, address in found:
        response = client.get(address.removeprefix("http://testserver"))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(content_type)


@pytest.mark.parametrize("rel", ["search", "manifest"])
def test_page_leads_to_what_browsers_read(client, rel):
    (link,) = head(client, "/").xpath(f"link[@rel='{rel}']")

    assert client.get(link.get("href")).status_code == 200


def test_data_block_is_no_breach_of_the_content_policy(page, transactional_db):
    """Chromium reads the graph and neither runs nor reports it."""
    make_post(slug="one")
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto("/post/one/")

    assert page.locator("script[type='application/ld+json']").count() == 1
    assert [text for text in said if "Content Security Policy" in text] == []
