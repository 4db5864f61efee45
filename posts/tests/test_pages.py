"""What the templates say about a post, a list and an error."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from posts.models import SiteSettings
from posts.tests.factories import in_an_hour, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db


def page_of(client, address):
    return html.fromstring(client.get(address).content.decode())


def first(element, name):
    """The first element of class `name` inside `element`, or None."""
    return next(iter(element.find_class(name)), None)


def words_of(element) -> str:
    return " ".join(element.text_content().split())


def test_card_names_authors_and_tags_in_a_sentence_of_links(client):
    authors = [make_user(display_name=name, handle=name.lower()) for name in ["Ada", "Bo", "Cy"]]
    post = make_post(authors=authors, tags=[make_tag("Python"), make_tag("HTTP")])

    byline = first(page_of(client, "/"), "entry-byline")

    assert words_of(byline) == "Posted by Ada, Bo and Cy under HTTP, Python. 1 minute."
    assert [link.get("href") for link in byline.find_class("p-author")] == [
        reverse("posts:author", args=[author.handle]) for author in authors
    ]
    assert len(byline.find_class("p-category")) == post.tags.count()


def test_card_cuts_a_long_row_of_tags_and_the_post_does_not(client):
    post = make_post(tags=[make_tag(f"Tag {number:02}") for number in range(40)])

    in_list = first(page_of(client, "/"), "entry-byline")
    on_page = first(page_of(client, post.get_absolute_url()), "post-byline")

    assert "and 32 more." in words_of(in_list)
    assert len(in_list.find_class("p-category")) == 8
    assert len(on_page.find_class("p-category")) == 40


def test_post_without_a_title_shows_its_beginning_in_lists_and_its_day_on_its_page(client):
    moment = datetime(2020, 5, 4, 12, tzinfo=UTC)
    post = make_post(title="", body="A short note.", published_at=moment)

    in_list = first(page_of(client, "/"), "entry-title")
    on_page = page_of(client, post.get_absolute_url()).find(".//h1")

    assert words_of(in_list) == "A short note."
    assert words_of(on_page) == "Note of 4 May 2020"


def test_text_in_another_language_says_so(client):
    make_post(title="نص", slug="nass", language="ar", body="نص عربي")
    make_post(title="Text", language="en", body="English")

    titles = page_of(client, "/").find_class("entry-title")

    assert [(title.get("lang"), title.get("dir")) for title in titles] == [
        (None, None),
        ("ar", "rtl"),
    ]


def test_draft_and_scheduled_post_say_that_nobody_else_sees_them():
    author = make_user()
    client = Client()
    client.force_login(author)
    draft = make_post(authors=[author], published_at=None)
    scheduled = make_post(authors=[author], published_at=in_an_hour())
    public = make_post(authors=[author])

    notices = [
        first(page_of(client, post.get_absolute_url()), "notice-hidden")
        for post in [draft, scheduled, public]
    ]

    assert "Only you can see this." in words_of(notices[0])
    assert "It will be published on" in words_of(notices[1])
    assert notices[2] is None


def test_replaced_post_leads_to_the_newer_one(client):
    newer = make_post(title="The better way")
    older = make_post(superseded_by=newer)

    notice = first(page_of(client, older.get_absolute_url()), "notice-stale")

    assert notice.find(".//a").get("href") == newer.get_absolute_url()
    assert words_of(notice.find(".//a")) == "The better way"


def test_replaced_post_does_not_lead_to_a_draft(client):
    draft = make_post(title="Not yet", published_at=None)
    older = make_post(superseded_by=draft)

    page = page_of(client, older.get_absolute_url())

    assert first(page, "notice-stale") is None


def test_post_in_a_series_shows_all_parts_and_its_neighbours_once(client):
    series = make_series("Clocks")
    start = timezone.now() - timedelta(days=9)
    parts = [
        make_post(
            title=f"Part {number}",
            series=series,
            series_part=number,
            published_at=start + timedelta(days=number),
        )
        for number in [1, 2, 3]
    ]

    page = page_of(client, parts[1].get_absolute_url())

    assert words_of(first(page, "post-series")) == "Clocks, part 2 of 3"
    assert words_of(first(page, "series-here")) == "2 Part 2"
    assert [words_of(link) for link in page.find_class("neighbour")] == [
        "Previous part Part 1",
        "Next part Part 3",
    ]


def test_numbers_of_pages_keep_the_rest_of_the_query(client):
    SiteSettings(posts_per_page=1).save()
    for _number in range(3):
        make_post(title="Clock")

    links = first(page_of(client, "/search/?q=clock&page=2"), "pagination").iter("a")

    assert [link.get("href") for link in links] == [
        "/search/?q=clock",
        "/search/?q=clock",
        "/search/?q=clock&page=2",
        "/search/?q=clock&page=3",
        "/search/?q=clock&page=3",
    ]


def test_accent_of_the_owner_comes_as_a_sheet_that_never_changes(client):
    SiteSettings(accent_hue=250).save()

    sheet = page_of(client, "/").find(".//link[@href='/accent/250.css']")
    answer = client.get("/accent/250.css")

    assert sheet.get("rel") == "stylesheet"
    assert answer.content == b":root{--accent-hue:250}\n"
    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]
    assert client.get("/accent/361.css").status_code == 404


def test_failing_page_is_answered_in_the_sites_dress_without_the_database(
    client, settings, monkeypatch
):
    def fail(*args):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", fail)
    client.raise_request_exception = False

    answer = client.get("/")

    assert answer.status_code == 500
    page = html.fromstring(answer.content.decode())
    assert words_of(page.find(".//h1")) == "Something broke on our side"
    assert page.find(".//link[@rel='stylesheet']").get("href").endswith("css/site.css")
