"""What an editor sets for the site as a whole shows at once, wherever it is about."""

import json

import pytest
from lxml import html

from posts import trash
from posts.models import SiteSettings
from posts.tests.factories import in_an_hour, make_page, make_post
from posts.tests.pictures import picture_bytes, store
from posts.tests.reading import parse
from posts.tests.writing import address, errors_of, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(desk):
    """Send the form of the settings with some changes."""

    def save(**changes):
        page = address("change", 1, model="sitesettings")
        return desk.post(page, fields_of(desk.get(page)) | changes)

    return save


def links(client, path: str, place: str) -> list[tuple[str, str]]:
    """Labels and addresses of the links in the part of a page that has the class `place`."""
    page = html.fromstring(client.get(path).content)
    found = page.find_class(place)
    return [(a.text_content().strip(), a.get("href")) for part in found for a in part.iter("a")]


# --- Old posts --------------------------------------------------------------------


def test_age_of_old_posts_stays_within_the_calendar(save):
    response = save(stale_after_months="30000")

    assert list(errors_of(response)) == ["stale_after_months"]
    assert SiteSettings.load().stale_after_months == 36


# --- Menus ------------------------------------------------------------------------


def test_menu_is_the_editors_own(save, client):
    make_page(title="About", slug="about")

    save(menu="[Talks](/tag/talks/)\n\n[Code](https://code.example/me)")

    menu = [("Talks", "/tag/talks/"), ("Code", "https://code.example/me")]
    assert links(client, "/", "masthead-nav") == menu
    assert links(client, "/about/", "masthead-nav") == menu


def test_menu_names_the_page_that_is_shown(save, client):
    save(menu="[Archive](/archive/)\n[Tags](/tags/)")

    page = html.fromstring(client.get("/tags/").content)

    current = page.find_class("masthead-nav")[0].xpath(".//*[@aria-current='page']")
    assert [link.text for link in current] == ["Tags"]


@pytest.mark.parametrize(
    "line",
    [
        "Archive",
        "[Archive]",
        "[Run](javascript:alert(1))",
        "[Run](JaVaScRiPt:alert)",
        "[Data](data:text/html,x)",
        "[Elsewhere](//evil.example)",
        "[Elsewhere](/\\evil.example)",
        "[](/archive/)",
        "[Two](/a/) [On one](/b/)",
    ],
)
@pytest.mark.parametrize("field", ["menu", "social_links"])
def test_line_that_is_no_link_is_named(save, field, line):
    response = save(**{field: line})

    assert "is no link. Write it as: [About](/about/)" in errors_of(response)[field][0]
    assert not SiteSettings.objects.exists()


def test_address_stays_inside_its_attribute(save, client):
    save(menu='[Break](/"onclick="x)')

    nav = html.fromstring(client.get("/archive/").content).find_class("masthead-nav")[0]

    assert nav.xpath(".//ul//a")[0].attrib == {"href": '/"onclick="x'}


def test_menu_has_an_end(save):
    response = save(menu="[Archive](/archive/)\n" * 31)

    assert errors_of(response)["menu"] == ["At most 30 links have room here."]


def test_places_elsewhere_are_marked_as_ours(save, client):
    save(social_links="[Mastodon](https://example.social/@ada)")

    page = html.fromstring(client.get("/archive/").content)

    assert [(a.text, a.get("href")) for a in page.xpath("//a[@rel='me']")] == [
        ("Mastodon", "https://example.social/@ada")
    ]
    graph = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    publisher = next(node for node in graph["@graph"] if node["@type"] == "Organization")
    assert publisher["sameAs"] == ["https://example.social/@ada"]


# --- Look -------------------------------------------------------------------------


def test_footer_is_markdown_of_a_few_lines(save, client):
    save(footer="Printed on *paper*.\n\n<script>alert(1)</script>[Imprint](/imprint/)")

    page = html.fromstring(client.get("/").content)

    foot = page.find_class("colophon-own")[0]
    assert foot.xpath(".//p")[0].text_content() == "Printed on paper."
    assert not foot.xpath(".//script")
    assert foot.xpath(".//a[@href='/imprint/']")


def test_logo_stands_beside_the_name(save, client):
    logo = store(picture_bytes("PNG", size=(64, 64)))

    save(logo=logo.pk, title="Ada's notes")

    name = html.fromstring(client.get("/archive/").content).find_class("masthead-title")[0]
    assert name.text_content().strip() == "Ada's notes"
    assert name.xpath(".//img")[0].get("src") == logo.url
    assert name.xpath(".//img")[0].get("alt") == ""


def test_logo_in_the_trash_is_shown_to_nobody_and_harms_nothing(save, client):
    logo = store(picture_bytes("PNG", size=(64, 64)))
    save(logo=logo.pk)

    trash.move_to_trash(logo, by=None)
    save(title="Still to be changed")

    name = html.fromstring(client.get("/archive/").content).find_class("masthead-title")[0]
    assert name.text_content().strip() == "Still to be changed"
    assert not name.xpath(".//img")


# --- The front page ---------------------------------------------------------------


def test_page_can_be_the_front_page(save, client):
    make_post(title="Newest")
    about = make_page(title="Welcome", slug="welcome", body="Hello, reader.")

    save(front_page=about.pk)

    front = html.fromstring(client.get("/").content)
    assert [h1.text_content().strip() for h1 in front.xpath("//h1")] == ["Welcome"]
    assert ("Posts", "/posts/") in links(client, "/", "masthead-nav")
    assert "Newest" in client.get("/posts/").content.decode()
    assert canonical(client, "/welcome/") == canonical(client, "/")
    assert canonical(client, "/posts/").endswith("/posts/")


def test_front_page_that_is_no_longer_published_is_the_list_again(save, client):
    make_post(title="Newest")
    page = make_page(title="Welcome")
    save(front_page=page.pk)

    page.published_at = in_an_hour()
    page.save()

    assert "Newest" in client.get("/").content.decode()
    assert "Welcome" not in client.get("/").content.decode()


def test_list_has_one_home(client):
    for number in range(16):
        make_post(title=f"Post {number}")

    assert canonical(client, "/posts/") == canonical(client, "/")
    assert canonical(client, "/posts/?page=2") == canonical(client, "/?page=2")


def canonical(client, path: str) -> str:
    page = html.fromstring(client.get(path).content)
    return page.xpath("//link[@rel='canonical']")[0].get("href")


# --- Feeds and machines -----------------------------------------------------------


@pytest.mark.parametrize("path", ["/feed/", "/rss/"])
def test_feeds_may_hold_summaries_only(save, client, path):
    make_post(title="Long", slug="long", summary="What it says.", body="All of *it*.")

    save(full_text_feeds="")

    content = parse(client.get(path)).entries[0].content[0].value
    assert "All of" not in content
    assert "What it says." in content
    assert '/post/long/">Read on</a>' in content


def test_json_feed_may_hold_summaries_only(save, client):
    make_post(summary="What it says.", body="All of *it*.")

    save(full_text_feeds="")

    (item,) = json.loads(client.get("/feed.json").content)["items"]
    assert "All of" not in item["content_html"]
    assert "What it says." in item["content_html"]


def test_robots_hear_what_they_may_do(save, client):
    save(for_search="yes", for_ai_training="no")

    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Content-Signal: search=yes, ai-train=no"]


def test_robots_hear_nothing_by_default(client):
    assert "Content-Signal" not in client.get("/robots.txt").content.decode()


def test_signal_written_by_hand_stands_alone(save, client):
    save(robots_txt="User-agent: *\nContent-signal: search=no\n", for_search="yes")

    assert client.get("/robots.txt").content.decode().lower().count("content-signal") == 1


def test_signal_finds_a_group_of_its_own(save, client):
    save(robots_txt="User-agent: BadBot\nDisallow: /", for_ai_input="no")

    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /\n\nUser-agent: *\nContent-Signal: ai-input=no\n" in text
