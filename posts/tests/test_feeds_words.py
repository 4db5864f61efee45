"""What stands in a feed: any text, any script, pictures."""

import pytest

from posts.models import Image, SiteSettings
from posts.tests.factories import (
    make_post,
    make_tag,
    make_user,
)
from posts.tests.reading import ALL_FEEDS, ATOM, XML_FEEDS, parse, root

pytestmark = pytest.mark.django_db

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA = "{http://search.yahoo.com/mrss/}content"


def make_picture(**fields) -> Image:
    defaults = {"file": "images/cat.webp", "width": 800, "height": 600, "digest": "0" * 64}
    return Image.objects.create(**defaults | fields)


@pytest.mark.parametrize("path", ALL_FEEDS)
def test_characters_that_xml_forbids_are_left_out(client, path):
    SiteSettings(title="Si\x0cte", description="D\x01").save()
    make_post(
        title="A\x01\x08B\ufffe",
        body="one\x0b two \x1b[31m\n\n```\nthree\x02\uffff\n```",
        tags=[make_tag("T\x07", slug="t")],
        authors=[make_user(display_name="A\x03da")],
    )

    response = client.get(path)

    text = response.content.decode()
    assert "AB" in text and "Ada" in text and "three" in text
    if path != "/feed.json":
        assert parse(response).feed.title == "Site"
    assert not set(text) & set(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))


TITLES = ["<b>AT&T</b> ]]> &amp; \"q\" 'a'", "مرحبا", "标题 😀", "x" * 250]


@pytest.mark.parametrize("title", TITLES)
def test_title_is_plain_text_everywhere(client, title):
    make_post(title=title, body="]]> <![CDATA[ &amp; `</content>`")

    assert root(client.get("/feed/")).findtext(f"{ATOM}entry/{ATOM}title") == title
    assert root(client.get("/rss/")).findtext("channel/item/title") == title
    assert client.get("/feed.json").json()["items"][0]["title"] == title


def test_post_without_title_goes_by_its_beginning(client):
    make_post(title="", body="How it begins.")

    assert root(client.get("/feed/")).findtext(f"{ATOM}entry/{ATOM}title") == "How it begins."
    assert root(client.get("/rss/")).findtext("channel/item/title") == "How it begins."
    assert "title" not in client.get("/feed.json").json()["items"][0]


@pytest.mark.parametrize("path", XML_FEEDS)
def test_post_without_text_is_still_an_entry(client, path):
    post = make_post(title="", body="", slug="nothing")

    (entry,) = parse(client.get(path)).entries

    assert (entry.id, entry.title) == (post.guid, "nothing")


def test_addresses_in_texts_are_absolute(client):
    make_post(slug="here", body="[a](/about/) [b](#part) ![c](pic.png)")

    html = root(client.get("/feed/")).findtext(f"{ATOM}entry/{ATOM}content")

    assert 'href="http://testserver/about/"' in html
    assert 'href="http://testserver/post/here/#part"' in html
    assert 'src="http://testserver/post/here/pic.png"' in html


def test_languages_stand_on_feed_and_entry(client):
    make_post(title="Deutsch", language="de")
    make_post(title="English")

    feed = root(client.get("/feed/"))

    assert feed.get(XML_LANG) == "en"
    languages = {
        entry.findtext(f"{ATOM}title"): entry.get(XML_LANG) for entry in feed.iter(f"{ATOM}entry")
    }
    assert languages == {"Deutsch": "de", "English": None}
    languages = root(client.get("/rss/")).xpath("//*[local-name()='language']/text()")
    assert sorted(languages) == ["de", "en"]


def test_picture_comes_along(client, media_folder):
    (media_folder / "images").mkdir()
    (media_folder / "images" / "cat.webp").write_bytes(b"12345")
    make_post(cover=make_picture(), cover_alt="A cat")
    address = "http://testserver/media/images/cat.webp"

    item = root(client.get("/rss/")).find("channel/item")
    enclosure = root(client.get("/feed/")).find(f".//{ATOM}link[@rel='enclosure']")

    expected = {"url": address, "length": "5", "type": "image/webp"}
    assert item.find("enclosure").attrib == expected
    assert item.find(MEDIA).get("width") == "800"
    assert item.find(MEDIA)[0].text == "A cat"
    assert enclosure.get("href") == address
    assert client.get("/feed.json").json()["items"][0]["image"] == address


def test_picture_whose_file_is_away_has_no_known_length(client):
    make_post(cover=make_picture())

    item = root(client.get("/rss/")).find("channel/item")

    assert item.find("enclosure").get("length") == "0"


def test_id_survives_a_new_slug_and_title(client):
    post = make_post()
    before = parse(client.get("/feed/")).entries[0].id

    post.slug, post.title = "elsewhere", "Renamed"
    post.save()

    entry = parse(client.get("/feed/")).entries[0]
    assert (entry.id, entry.title) == (before, "Renamed")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("R&D", "R&D – Blogsite"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)> – Blogsite"),
    ],
)
def test_description_of_a_tag_is_text_to_readers_that_expect_html(client, name, shown):
    make_post(tags=[make_tag(name, slug="tag")])

    feed = root(client.get("/tag/tag/rss/"))

    assert feed.findtext("channel/description") == shown
    assert feed.findtext("channel/title") == f"{name} – Blogsite"
