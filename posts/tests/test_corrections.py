"""Corrections: readers learn in one line what was wrong, on the post and in feeds."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from blogsite.audit.models import Event
from posts import revisions
from posts.models import Post, Revision
from posts.tests.factories import in_an_hour, make_page, make_post
from posts.tests.writing import address, edit, errors_of

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)
FEEDS = ["/feed/", "/rss/", "/feed.json"]


def corrected_post(*lines, **fields):
    """A post of long ago with a correction for each of the lines, a year apart."""
    post = make_post(published_at=LONG_AGO, **fields)
    for year, line in enumerate(lines, start=2021):
        revision = revisions.keep(post, correction=line)
        saved_at = datetime(year, 1, 2, 3, 4, 5, tzinfo=UTC)
        Revision.objects.filter(pk=revision.pk).update(saved_at=saved_at)
    return post


# --- At the desk --------------------------------------------------------------------


def test_correction_on_the_writing_page_moves_the_date_of_the_update(desk, editor):
    post = make_post(published_at=LONG_AGO)
    before = timezone.now()

    edit(desk, post, body="Right.", correction="  It was  1970, not 1960. ")

    post.refresh_from_db()
    newest = post.revisions.first()
    assert (newest.correction, newest.saved_by) == ("It was 1970, not 1960.", editor)
    assert post.updated_at >= before
    assert Event.objects.filter(verb="posts.post_corrected").count() == 1


def test_correction_alone_is_a_save(desk):
    post = make_post(published_at=LONG_AGO)

    edit(desk, post, correction="The link was dead.")

    assert [each.reason for each in post.revisions.all()] == ["saved", "found"]


def test_later_day_of_an_update_stays(desk):
    later = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    post = make_post(published_at=LONG_AGO, updated_at=later)

    edit(desk, post, correction="Wrong.")

    post.refresh_from_db()
    assert post.updated_at == later


@pytest.mark.parametrize("published_at", [None, in_an_hour()])
def test_what_nobody_could_read_has_no_corrections(desk, published_at):
    post = make_post(published_at=published_at)

    edit(desk, post, body="Better.", correction="Was wrong.")

    assert 'name="correction"' not in desk.get(address("change", post.pk)).content.decode()
    assert not Revision.objects.exclude(correction="").exists()


def test_page_has_no_corrections(desk):
    page = make_page()

    edit(desk, page, body="Better.", correction="Was wrong.")

    assert not Revision.objects.exclude(correction="").exists()


def test_correction_of_more_than_a_line_is_refused(desk):
    post = make_post()

    response = edit(desk, post, correction="x" * 301)

    assert list(errors_of(response)) == ["correction"]


def correct(desk, post, number, line):
    data = {"number": number, "correction": line}
    return desk.post(address("correct", post.pk), data)


def test_flag_is_set_changed_and_taken_back_in_the_list(desk):
    post = make_post(published_at=LONG_AGO)
    revisions.keep(post)
    before = timezone.now()

    correct(desk, post, 1, "Wrong.")
    set_so = list(Revision.objects.order_by("number").values_list("number", "correction"))
    updated_at = Post.objects.get().updated_at
    correct(desk, post, 1, "It was wrong.")
    changed = Revision.objects.get(number=1).correction
    correct(desk, post, 1, "")

    assert set_so == [(1, "Wrong."), (2, "")]  # the second for the day of the update
    assert updated_at >= before
    assert changed == "It was wrong."
    assert not Revision.objects.exclude(correction="").exists()
    assert Post.objects.get().updated_at >= updated_at


def test_draft_takes_no_flag(desk):
    post = make_post(published_at=None)
    revisions.keep(post)

    assert correct(desk, post, 1, "Wrong.").status_code == 403


# --- Readers ------------------------------------------------------------------------


def shown_under(client, post):
    page = html.fromstring(client.get(post.get_absolute_url()).content.decode())
    return [
        (line.find("time").get("datetime"), " ".join(line.text_content().split()))
        for line in page.xpath("//section[@class='corrections']//li")
    ]


def test_post_lists_its_corrections_newest_first(client):
    post = corrected_post("Wrong <b>year</b>.", "Wrong & name.")

    assert shown_under(client, post) == [
        ("2022-01-02T03:04:05Z", "2022-01-02 Wrong & name."),
        ("2021-01-02T03:04:05Z", "2021-01-02 Wrong <b>year</b>."),
    ]


def test_post_without_corrections_has_no_such_heading(client):
    post = make_post()
    revisions.keep(post, milestone="A name")

    page = client.get(post.get_absolute_url()).content.decode()

    assert "Corrections" not in page
    assert "A name" not in page


def test_page_of_a_post_costs_the_same_queries_however_many_corrections(client):
    one, many = corrected_post("1"), corrected_post("1", "2", "3")
    for post in (one, many):
        client.get(post.get_absolute_url())  # what is remembered beside pages is remembered then

    counts = []
    for post in (one, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(post.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_json_ld_names_corrections(client):
    post = corrected_post("Wrong.")

    page = html.fromstring(client.get(post.get_absolute_url()).content.decode())

    (block,) = page.xpath("//script[@type='application/ld+json']")
    (node,) = [n for n in json.loads(block.text)["@graph"] if n["@type"] == "BlogPosting"]
    assert node["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Wrong.",
            "datePublished": "2021-01-02T03:04:05Z",
        }
    ]


@pytest.mark.parametrize("path", FEEDS)
def test_feed_holds_the_same_list_after_the_text(client, path):
    corrected_post("Wrong <year>.", "Wrong name.", body="The text.")

    said = client.get(path).content.decode()

    # Each format escapes in its own way, Atom and RSS twice.
    content = unescape(
        json.loads(said)["items"][0]["content_html"] if "json" in path else unescape(said)
    )
    assert (
        "<p>The text.</p>\n<h2>Corrections</h2><ul>"
        '<li><time datetime="2022-01-02T03:04:05Z">2022-01-02</time>: Wrong name.</li>'
        '<li><time datetime="2021-01-02T03:04:05Z">2021-01-02</time>: Wrong <year>.</li></ul>'
    ) in content


@pytest.mark.parametrize("path", FEEDS)
def test_feed_costs_the_same_queries_for_one_correction_and_many(client, path):
    counts = []
    for lines in (["1"], ["1", "2", "3"], ["1", "2"]):
        corrected_post(*lines)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_feed_says_that_a_corrected_post_was_updated(client, desk):
    post = make_post(published_at=LONG_AGO)
    edit(desk, post, correction="Wrong.")
    client.logout()

    (item,) = json.loads(client.get("/feed.json").content)["items"]

    post.refresh_from_db()
    assert item["date_modified"] == f"{post.updated_at:%Y-%m-%dT%H:%M:%SZ}"
