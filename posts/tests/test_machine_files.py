"""The small files at fixed addresses, as the programs that ask for them read them."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree
from PIL import Image

from posts.models import SiteSettings
from posts.tests.factories import in_an_hour, make_page, make_post, make_tag, make_user

pytestmark = pytest.mark.django_db

FILES = {
    "/robots.txt": "text/plain; charset=utf-8",
    "/llms.txt": "text/plain; charset=utf-8",
    "/humans.txt": "text/plain; charset=utf-8",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/manifest.webmanifest": "application/manifest+json; charset=utf-8",
    "/opensearch.xml": "application/opensearchdescription+xml; charset=utf-8",
    "/favicon.ico": "image/x-icon",
}


def save_settings(**fields):
    SiteSettings(**fields).save()


def text(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", FILES)
def test_file_is_there_with_its_type(client, path):
    save_settings(security_contact="security@example.org")

    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (200, FILES[path])
    assert client.head(path).status_code == 200
    again = client.get(path, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", [*FILES, "/sitemap-posts-1.xml", "/apple-touch-icon.png"])
def test_file_can_only_be_read(path):
    save_settings(security_contact="security@example.org")

    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


@pytest.mark.parametrize("path", FILES)
def test_addresses_come_from_the_settings_and_not_from_the_request(client, settings, path):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    save_settings(security_contact="security@example.org")
    make_post()

    other = client.get(path, headers={"Host": "other.example", "X-Forwarded-Host": "evil.example"})

    assert other.content == client.get(path).content
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/llms.txt", "/humans.txt", "/sitemap.xml"])
def test_file_costs_the_same_queries_for_one_post_and_three(client, path):
    counts = []
    for _number in (1, 2, 3):
        make_post(tags=[make_tag()])
        make_page()
        client.get(path)  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[-1] <= 12


# --- robots.txt -------------------------------------------------------------------


def test_robots_holds_what_editors_wrote_and_the_sitemap(client):
    save_settings(robots_txt="User-agent: x\r\nDisallow: /\r\n\r\n")

    assert text(client, "/robots.txt") == (
        "User-agent: x\nDisallow: /\n\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_robots_without_words_names_the_sitemap(client):
    save_settings(robots_txt="")

    assert text(client, "/robots.txt") == "Sitemap: http://testserver/sitemap.xml\n"


# --- security.txt -----------------------------------------------------------------


def test_security_txt_has_what_rfc_9116_asks_for(client):
    save_settings(security_contact="me@example.org https://example.org/report")

    lines = text(client, "/.well-known/security.txt").splitlines()

    fields = [line.split(": ", 1) for line in lines]
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:me@example.org",
        "https://example.org/report",
    ]
    assert dict(fields)["Canonical"] == "http://testserver/.well-known/security.txt"
    assert dict(fields)["Preferred-Languages"] == "en"
    expires = datetime.fromisoformat(dict(fields)["Expires"])
    assert timezone.now() + timedelta(days=90) < expires < timezone.now() + timedelta(days=365)


def test_security_txt_needs_a_contact(client):
    assert client.get("/.well-known/security.txt").status_code == 404


# --- humans.txt -------------------------------------------------------------------


def test_humans_names_who_has_published(client):
    published = datetime(2020, 2, 3, tzinfo=UTC)
    make_post(authors=[make_user(display_name="Ada", handle="ada")], published_at=published)
    make_post(authors=[make_user(display_name="Ghost")], published_at=None)

    humans = text(client, "/humans.txt")

    assert "/* TEAM */\nAuthor: Ada\nSite: http://testserver/author/ada/\n" in humans
    assert "Last update: 2020/02/03" in humans
    assert "Ghost" not in humans


# --- llms.txt ---------------------------------------------------------------------


def test_llms_lists_markdown_newest_first(client):
    save_settings(title="My [site]", description="About\nthings.")
    make_post(title="Old", slug="old", body="Was.", published_at=datetime(2019, 1, 1, tzinfo=UTC))
    make_post(title="A [b]", slug="new", body="Is.")
    make_post(title="Later", published_at=in_an_hour())
    make_post(title="Hidden", noindex=True)
    make_page(title="About", slug="about", body="Us.")

    assert text(client, "/llms.txt") == (
        "# My \\[site\\]\n\n> About things.\n\n## Posts\n\n"
        "- [A \\[b\\]](http://testserver/post/new.md): Is.\n"
        "- [Old](http://testserver/post/old.md): Was.\n\n## Pages\n\n"
        "- [About](http://testserver/about.md): Us.\n\n## Feeds\n\n"
        "- [Atom](http://testserver/feed/)\n"
        "- [RSS](http://testserver/rss/)\n"
        "- [JSON Feed](http://testserver/feed.json)\n"
    )


def test_llms_of_a_long_site_stays_small_and_keeps_pages(client):
    for number in range(160):
        make_post(title=f"{number} " + "ж" * 200, published_at=datetime(2020, 1, 1, tzinfo=UTC))
    make_page(title="About", slug="about")

    content = client.get("/llms.txt").content

    assert 45_000 < len(content) <= 50_000
    assert b"[159 " in content  # the newest
    assert b"[0 " not in content
    assert b"http://testserver/about.md" in content


# --- Browsers ---------------------------------------------------------------------


def static_file(address):
    """The file behind an address of static files; it must exist."""
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return found


def test_manifest_names_the_site_and_icons_that_exist(client):
    save_settings(title="A rather long title of a site", tagline="Words")

    manifest = json.loads(text(client, "/manifest.webmanifest"))

    assert manifest["name"] == "A rather long title of a site"
    assert manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        path = static_file(icon["src"])
        if icon["type"] == "image/png":
            width, height = Image.open(path).size
            assert icon["sizes"] == f"{width}x{height}"


def test_favicon_is_an_icon(client):
    picture = Image.open(BytesIO(client.get("/favicon.ico").content))

    assert picture.format == "ICO"
    assert (16, 16) in picture.info["sizes"] and (32, 32) in picture.info["sizes"]


def test_touch_icon_leads_to_a_picture(client):
    response = client.get("/apple-touch-icon.png")

    assert response.status_code == 301
    assert Image.open(static_file(response["Location"])).size == (180, 180)


def test_opensearch_describes_the_search(client):
    save_settings(title="Tom & <Jerry>'s long title", description="All \x0c of it")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"

    found = etree.fromstring(client.get("/opensearch.xml").content)

    assert found.findtext(f"{space}ShortName") == "Tom & <Jerry>'s"
    assert found.findtext(f"{space}Description") == "All  of it"
    search = found.find(f"{space}Url[@type='text/html']")
    assert search.get("template") == "http://testserver/search/?q={searchTerms}"
