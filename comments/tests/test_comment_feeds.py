"""Feeds of comments, read as feed readers do, and the comments in the feeds of posts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from comments.feeds import subjects
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.reading import add_many
from posts.models import SiteSettings
from posts.tests.factories import an_hour_ago, make_post, make_user
from posts.tests.reading import ATOM, parse, root

pytestmark = pytest.mark.django_db

THREADING = "{http://purl.org/syndication/thread/1.0}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
WFW = "{http://wellformedweb.org/CommentAPI/}"
PLACES = ["/comments/", "/post/one/comments/"]
MOMENT = datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def post():
    return make_post(slug="one", title="One")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("suffix", ["feed/", "rss/"])
def test_feed_lists_newest_first(client, post, place, suffix):
    for year in (2021, 2023, 2022):
        make_comment(post, name=str(year), created_at=MOMENT.replace(year=year))

    found = parse(client.get(place + suffix))

    assert [entry.title for entry in found.entries] == [
        f"Comment by {year} on One" for year in (2023, 2022, 2021)
    ]


@pytest.mark.parametrize("place", PLACES)
def test_entry_holds_the_whole_comment(client, post, place):
    comment = make_comment(
        post,
        name="Ada",
        site="https://ada.example/",
        body="See [this](/about/) & *that*.",
        created_at=MOMENT,
        edited_at=MOMENT + timedelta(minutes=5),
    )
    address = f"http://testserver/comments/{comment.pk}/"

    (atom,) = parse(client.get(f"{place}feed/")).entries
    (rss,) = parse(client.get(f"{place}rss/")).entries
    (item,) = client.get(f"{place}feed.json").json()["items"]

    for entry in (atom, rss):
        assert entry.link == address
        assert entry.id == f"{post.guid}#comment-{comment.pk}"
        assert entry.author == "Ada"
        assert fromstring(entry.content[0].value).text_content().strip() == "See this & that."
    assert atom.published_parsed[:6] == (2020, 5, 4, 3, 2, 1)
    assert atom.updated_parsed[:6] == (2020, 5, 4, 3, 7, 1)
    assert item == {
        "id": f"{post.guid}#comment-{comment.pk}",
        "url": address,
        "title": "Comment by Ada on One",
        "content_html": item["content_html"],
        "summary": "See this & that.",
        "authors": [{"name": "Ada", "url": "https://ada.example/"}],
        "date_published": "2020-05-04T03:02:01Z",
        "date_modified": "2020-05-04T03:07:01Z",
    }
    (link,) = fromstring(item["content_html"]).xpath("//a")
    assert (link.get("href"), link.get("rel")) == (
        "http://testserver/about/",
        "ugc nofollow noopener",
    )


def test_guest_without_a_site_has_no_address(client, post):
    make_comment(post, name="Ada")

    (item,) = client.get("/comments/feed.json").json()["items"]
    (author,) = root(client.get("/comments/feed/")).iterfind(f"{ATOM}entry/{ATOM}author")

    assert item["authors"] == [{"name": "Ada"}]
    assert [part.tag for part in author] == [f"{ATOM}name"]


def test_atom_says_what_each_comment_answers(client, post):
    top = make_comment(post, created_at=MOMENT)
    make_comment(parent=top, created_at=MOMENT + timedelta(hours=1))

    found = [
        (each.get("ref"), each.get("href"))
        for each in root(client.get("/comments/feed/")).iter(f"{THREADING}in-reply-to")
    ]

    assert found == [
        (f"{post.guid}#comment-{top.pk}", f"http://testserver/comments/{top.pk}/"),
        (post.guid, "http://testserver/post/one/"),
    ]


def test_answer_to_a_hidden_comment_names_the_post_alone(client, post):
    top = make_comment(post)
    make_comment(parent=top)
    Comment.objects.filter(pk=top.pk).update(status=Status.SPAM)

    xml = client.get("/comments/feed/").content.decode()

    assert f"comment-{top.pk}" not in xml
    assert f"/comments/{top.pk}/" not in xml


@pytest.mark.parametrize("suffix", ["feed/", "rss/", "feed.json"])
def test_feed_shows_what_readers_see_alone(client, post, suffix):
    make_comment(post, body="seen")
    for status in (Status.PENDING, Status.SPAM, Status.REMOVED):
        make_comment(post, body="secret", status=status)
    make_comment(make_post(published_at=None), body="secret")
    make_comment(make_post(deleted_at=an_hour_ago()), body="secret")

    for place in PLACES:
        content = client.get(place + suffix).content.decode()
        assert "seen" in content
        assert "secret" not in content


@pytest.mark.parametrize("place", PLACES)
def test_feed_says_what_it_is_about(client, post, place):
    SiteSettings(title="Journal").save()
    make_comment(post)

    found = parse(client.get(f"{place}feed/")).feed

    titles = {"/comments/": "Comments – Journal", PLACES[1]: "Comments on One – Journal"}
    pages = {"/comments/": "http://testserver/", PLACES[1]: "http://testserver/post/one/comments/"}
    assert (found.title, found.id) == (titles[place], f"http://testserver{place}feed/")
    links = {link.rel: link.href for link in found.links}
    assert links == {"alternate": pages[place], "self": f"http://testserver{place}feed/"}


@pytest.mark.parametrize("place", PLACES)
def test_long_feed_comes_in_pages(client, post, place):
    made = add_many(post, 65)
    address, found = f"{place}feed.json", []

    while address:
        feed = client.get(address).json()
        found += [int(item["id"].rpartition("-")[2]) for item in feed["items"]]
        address = feed.get("next_url")

    assert found == [comment.pk for comment in reversed(made)]
    assert client.get(f"{place}feed/?page=4").status_code == 404
    assert client.get(f"{place}feed/?page=x").status_code == 404
    assert client.get(f"{place}feed/?page=1")["Location"] == f"{place}feed/"


@pytest.mark.parametrize(
    ("most", "counted", "questions"), [(99, 10, 3), (10, 10, 3), (7, 7, 2), (4, 4, 1)]
)
def test_feed_of_the_site_goes_through_no_more_discussions_than_it_needs(
    client, monkeypatch, most, counted, questions
):
    monkeypatch.setattr(subjects, "MOST", most)
    monkeypatch.setattr(subjects, "AT_ONCE", 2)
    for _number in range(5):
        add_many(make_post(), 2)
        add_many(make_post(published_at=None), 1)

    with CaptureQueriesContext(connection) as queries:
        count = subjects.the_site().count

    asked = [query["sql"] for query in queries if "discussion" in query["sql"]]
    assert (count, len(asked)) == (counted, questions)
    assert all(sql.endswith("LIMIT 2") for sql in asked)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("suffix", ["feed/", "rss/", "feed.json"])
def test_unchanged_feed_is_304(client, post, place, suffix):
    make_comment(post)
    first = client.get(place + suffix)

    by_tag = client.get(place + suffix, headers={"If-None-Match": first["ETag"]})
    by_date = client.get(place + suffix, headers={"If-Modified-Since": first["Last-Modified"]})
    make_comment(post)
    changed = client.get(place + suffix, headers={"If-None-Match": first["ETag"]})

    assert (by_tag.status_code, by_date.status_code, changed.status_code) == (304, 304, 200)


@pytest.mark.parametrize("place", PLACES)
def test_other_names_lead_to_the_feed(client, post, place):
    for alias, suffix in [
        ("atom.xml", "feed/"),
        ("feed/rss2/", "rss/"),
        ("feed/json", "feed.json"),
    ]:
        answer = client.get(place + alias)
        assert (answer.status_code, answer["Location"]) == (301, place + suffix)


@pytest.mark.parametrize("suffix", ["feed/", "rss/", "feed.json", "atom.xml", ""])
def test_feed_below_a_post_that_is_gone(client, suffix):
    make_post(slug="draft", published_at=None)
    make_post(slug="trashed", deleted_at=an_hour_ago(), published_at=MOMENT)

    statuses = [
        client.get(f"/post/{slug}/comments/{suffix}").status_code
        for slug in ("draft", "nothing", "trashed")
    ]

    assert statuses == [404, 404, 410]


@pytest.mark.parametrize(
    "address", ["/comments/feed/", "/post/one/comments/rss/", "/feed/", "/rss/"]
)
def test_feed_costs_the_same_queries_whatever_it_lists(client, post, address):
    def cost():
        client.get(address)  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    costs = []
    for number in (1, 2, 27):
        for _each in range(number):
            parent = make_comment(post, member=make_user())
            make_comment(parent=parent)
            make_comment()
        costs.append(cost())

    assert len(set(costs)) == 1


def test_feeds_only_read(client, post):
    assert client.post("/comments/feed/").status_code == 405
    assert client.post("/post/one/comments/feed/").status_code == 405


# --- What the feeds of posts say ------------------------------------------------------------


def test_rss_of_posts_counts_comments(client, post):
    make_comment(post)
    make_comment(post)
    make_comment(post, status=Status.SPAM)
    make_post(slug="none", published_at=MOMENT)

    items = root(client.get("/rss/")).findall("channel/item")

    assert [
        (item.findtext("comments"), item.findtext(f"{SLASH}comments"), item.findtext(f"{WFW}commentRss"))
        for item in items
    ] == [
        ("http://testserver/post/one/#comments", "2", "http://testserver/post/one/comments/rss/"),
        ("http://testserver/post/none/#comments", "0", "http://testserver/post/none/comments/rss/"),
    ]  # fmt: skip


def test_atom_of_posts_counts_comments(client, post):
    make_comment(post)

    (entry,) = root(client.get("/feed/")).findall(f"{ATOM}entry")

    (replies,) = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "replies"]
    assert (replies.get("href"), replies.get("type"), replies.get(f"{THREADING}count")) == (
        "http://testserver/post/one/comments/feed/", "application/atom+xml", "1",
    )  # fmt: skip
    assert entry.findtext(f"{THREADING}total") == "1"


@pytest.mark.parametrize("path", ["", "comments/"])
def test_page_announces_the_feeds_of_its_comments(client, post, path):
    document = fromstring(client.get(f"/post/one/{path}").content.decode())

    found = {
        link.get("href"): link.get("title")
        for link in document.xpath("//link[@rel='alternate' and @title]")
        if "/comments/" in link.get("href")
    }

    assert found == {
        "http://testserver/post/one/comments/feed/": "Comments on One – Blogsite (Atom)",
        "http://testserver/post/one/comments/rss/": "Comments on One – Blogsite (RSS)",
        "http://testserver/post/one/comments/feed.json": "Comments on One – Blogsite (JSON Feed)",
    }


def test_readers_find_the_feeds_below_the_discussion(client, post):
    page = fromstring(client.get(post.get_absolute_url()).content)

    links = page.xpath("//section[@id='comments']//p[contains(., 'by feed')]//a")

    assert [link.text for link in links] == ["Atom", "RSS", "JSON"]
    assert {client.get(link.get("href")).status_code for link in links} == {200}
