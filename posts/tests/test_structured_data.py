"""The JSON-LD graph in the head, read back from the page."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from posts.models import Image, SiteSettings
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db

MOMENT = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)


def graph(client, path) -> dict[str, dict]:
    """The nodes of the page's one graph, by their type."""
    response = client.get(path)
    assert response.status_code == 200
    (block,) = html.fromstring(response.content.decode()).xpath(
        "//script[@type='application/ld+json']"
    )
    found = json.loads(block.text)
    assert found["@context"] == "https://schema.org"
    return {node["@type"]: node for node in found["@graph"]}


def trail(nodes) -> list[tuple[str, str]]:
    return [(step["name"], step["item"]) for step in nodes["BreadcrumbList"]["itemListElement"]]


def test_site_can_be_searched(client):
    SiteSettings(title="My site", tagline="Words").save()

    nodes = graph(client, "/")

    assert set(nodes) == {"WebSite", "Organization"}
    assert nodes["WebSite"] == {
        "@type": "WebSite",
        "@id": "http://testserver/#website",
        "url": "http://testserver/",
        "name": "My site",
        "description": "Words",
        "inLanguage": "en",
        "publisher": {"@id": "http://testserver/#publisher"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": "http://testserver/search/?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def test_post_is_a_blog_posting(client):
    cover = Image.objects.create(file="images/a.webp", width=800, height=600, digest="0" * 64)
    make_post(
        slug="one",
        title="One",
        body="First words here.",
        language="de",
        authors=[
            make_user(display_name="Ada", handle="ada"),
            make_user(display_name="Grace", handle="grace"),
        ],
        tags=[make_tag("Python"), make_tag("SQL")],
        series=make_series("Course"),
        series_part=2,
        cover=cover,
        cover_alt="A picture",
        published_at=MOMENT,
        updated_at=MOMENT.replace(year=2021),
    )
    address = "http://testserver/post/one/"

    nodes = graph(client, "/post/one/")

    assert nodes["BlogPosting"] == {
        "@type": "BlogPosting",
        "@id": f"{address}#post",
        "url": address,
        "mainEntityOfPage": address,
        "headline": "One",
        "description": "First words here.",
        "image": {
            "@type": "ImageObject",
            "url": "http://testserver/media/images/a.webp",
            "width": 800,
            "height": 600,
            "caption": "A picture",
        },
        "datePublished": "2020-05-04T03:02:01Z",
        "dateModified": "2021-05-04T03:02:01Z",
        "author": [
            {
                "@type": "Person",
                "@id": f"http://testserver/author/{handle}/#person",
                "name": name,
                "url": f"http://testserver/author/{handle}/",
            }
            for handle, name in (("ada", "Ada"), ("grace", "Grace"))
        ],
        "publisher": {"@id": "http://testserver/#publisher"},
        "keywords": ["Python", "SQL"],
        "articleSection": "Python",
        "inLanguage": "de",
        "wordCount": 3,
        "isPartOf": [
            {"@id": "http://testserver/#website"},
            {
                "@type": "CreativeWorkSeries",
                "@id": "http://testserver/series/course/#series",
                "name": "Course",
                "url": "http://testserver/series/course/",
            },
        ],
        "position": 2,
    }
    assert trail(nodes) == [
        ("Home", "http://testserver/"),
        ("Course", "http://testserver/series/course/"),
        ("One", address),
    ]


def test_post_from_elsewhere_has_its_home_there(client):
    make_post(slug="one", canonical_url="https://other.example/one/")

    posting = graph(client, "/post/one/")["BlogPosting"]

    assert posting["mainEntityOfPage"] == "https://other.example/one/"
    assert posting["url"] == "http://testserver/post/one/"


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/tag/x/", "CollectionPage", "Tag X"),
        ("/series/x/", "CollectionPage", "Series X"),
        ("/author/x/", "ProfilePage", "Ada"),
        ("/tags/", "CollectionPage", "Tags"),
        ("/series/", "CollectionPage", "Series"),
        ("/archive/", "CollectionPage", "Archive"),
        ("/2020/", "CollectionPage", "2020"),
        ("/2020/05/", "CollectionPage", "May 2020"),
        ("/about/", "WebPage", "About"),
    ],
)
def test_page_says_what_it_is_and_where(client, path, kind, name):
    make_post(
        authors=[make_user(display_name="Ada", handle="x")],
        tags=[make_tag("Tag X", slug="x")],
        series=make_series("Series X", slug="x"),
        published_at=MOMENT,
    )
    make_page(slug="about", title="About")

    nodes = graph(client, path)

    assert (nodes[kind]["name"], nodes[kind]["url"]) == (name, f"http://testserver{path}")
    assert trail(nodes)[0] == ("Home", "http://testserver/")
    assert trail(nodes)[-1] == (name, f"http://testserver{path}")


def test_author_is_a_person_with_links(client):
    author = make_user(
        display_name="Ada", handle="ada", bio="Counts.", links="https://ada.example\nno link"
    )
    make_post(authors=[author])

    assert graph(client, "/author/ada/")["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "@id": "http://testserver/author/ada/#person",
        "name": "Ada",
        "url": "http://testserver/author/ada/",
        "description": "Counts.",
        "sameAs": ["https://ada.example"],
    }


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!-- <script>", '&lt; \u2028 "q" \\u003C']
)
def test_no_title_gets_out_of_the_block(client, title):
    make_post(slug="one", title=title, tags=[make_tag(title, slug="t")])

    nodes = graph(client, "/post/one/")

    assert nodes["BlogPosting"]["headline"] == title
    assert nodes["BlogPosting"]["keywords"] == [title]


def test_error_page_has_no_graph(client):
    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert b"ld+json" not in response.content


def test_graph_and_card_cost_no_query_of_their_own(client):
    counts = []
    for number in (1, 3):
        slug = f"post-with-{number}"
        make_post(
            slug=slug,
            authors=[make_user() for _each in range(number)],
            tags=[make_tag() for _each in range(number)],
        )
        client.get(f"/post/{slug}/")  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/post/{slug}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
