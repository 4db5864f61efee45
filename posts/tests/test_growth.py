"""Lists of very many posts: every post once, and from an index whatever the page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts import sitemaps
from posts.attention import waiting_for
from posts.models import Byline, PlannedEdit, Post, SiteSettings, Tag, Tagging
from posts.models.post import PostQuerySet
from posts.tallies.lists import Listing
from posts.tests.factories import in_an_hour, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db

MANY = 3_000
# A list reads none of these from its beginning to its end.
TABLES = ["posts_post", "posts_post_tags", "posts_byline", "posts_tally"]


def fill(tag: Tag, author) -> None:
    """MANY posts over two years, with tag and author."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    posts = Post.objects.bulk_create(
        Post(
            slug=f"many-{number}",
            guid=f"many:{number}",
            published_at=first + timedelta(hours=number * 6),
            excerpt_html="x" * 1500,  # PostgreSQL would rather read all of a small table
        )
        for number in range(MANY)
    )
    Tagging.objects.bulk_create(Tagging(post=post, tag=tag) for post in posts)
    Byline.objects.bulk_create(Byline(post=post, user=author) for post in posts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plans(queries) -> list[str]:
    """The lines of all plans."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    lines = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(f"{explain} {query['sql']}")
            lines += [row[-1] for row in cursor.fetchall()]
    return lines


def is_a_walk(line: str) -> bool:
    """Whether a line of a plan says that all of a table is read."""
    words = line.replace("->", "").split()
    if connection.vendor == "sqlite":
        return words[0] == "SCAN" and words[1] in TABLES
    return words[:3] == ["Seq", "Scan", "on"] and words[3] in TABLES


def listings():
    tag, author = make_tag(slug="t"), make_user(handle="a")
    fill(tag, author)
    return {
        "site": Listing(prepare=PostQuerySet.for_cards),
        "feed": Listing(prepare=PostQuerySet.for_feed),
        "tag": Listing("tag", tag.pk, prepare=PostQuerySet.for_cards),
        "author": Listing("author", author.pk, prepare=PostQuerySet.for_cards),
        "month": Listing(period="2020-06", prepare=PostQuerySet.for_cards),
    }


def test_every_list_answers_from_an_index_whatever_the_page():
    walks = {}

    for name, listing in listings().items():
        count = listing.count()
        with CaptureQueriesContext(connection) as queries:
            for place in (0, count // 2, count - 15):
                assert len(listing[place : place + 15]) == 15
        walks[name] = [line for line in plans(queries) if is_a_walk(line)]

    assert walks == {name: [] for name in walks}


def test_neighbours_and_related_posts_come_from_an_index():
    listings()
    post = Post.objects.with_byline().get(slug=f"many-{MANY // 2}")
    published = Post.objects.published().without_text()

    with CaptureQueriesContext(connection) as queries:
        found = [
            published.after(post).first(),
            published.before(post).first(),
            *published.related_to(post)[:3],
        ]

    middle = MANY // 2
    numbers = [middle + 1, middle - 1, MANY - 1, MANY - 2, MANY - 3]
    assert [each.slug for each in found] == [f"many-{number}" for number in numbers]
    assert [line for line in plans(queries) if is_a_walk(line)] == []


def test_sitemap_reads_no_text():
    listings()

    with CaptureQueriesContext(connection) as queries:
        file = sitemaps.part("posts", 1)

    assert file.count("<url>") == MANY
    if connection.vendor == "sqlite":  # PostgreSQL has long texts in another place
        index = "SEARCH posts_post USING COVERING INDEX post_for_search_engines"
        assert [line for line in plans(queries) if index in line]


def test_start_page_of_the_desk_goes_through_no_posts():
    listings()
    editor = make_user(is_staff=True, is_superuser=True)
    edit = PlannedEdit.objects.create(
        post=Post.objects.get(slug="many-7"),
        due_at=in_an_hour(),
        problem=PlannedEdit.Problem.CONFLICT,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with CaptureQueriesContext(connection) as queries:
        assert list(waiting_for(editor)["held_up"]) == [edit]

    assert [line for line in plans(queries) if is_a_walk(line)] == []


def test_last_page_skips_no_more_than_a_day():
    listing = listings()["site"]

    with CaptureQueriesContext(connection) as queries:
        list(listing[MANY - 7 : MANY])

    (rows,) = [query["sql"] for query in queries if "excerpt_html" in query["sql"]]
    assert " OFFSET 1)" in rows


@pytest.mark.parametrize("hidden", ["scheduled", "expired", "trashed", "draft"])
def test_pages_name_every_published_post_once(client, hidden):
    SiteSettings(posts_per_page=2).save()
    tag, series, author = make_tag(slug="t"), make_series(slug="s"), make_user(handle="a")
    days = [datetime(2020, month, day, tzinfo=UTC) for month in (1, 2) for day in (1, 1, 3)]
    for number, day in enumerate(days):
        shared = {"tags": [tag], "authors": [author], "series": series}
        make_post(slug=f"seen-{number}", published_at=day, **shared)
        make_post(
            slug=f"hidden-{number}",
            published_at={"scheduled": in_an_hour(), "draft": None}.get(hidden, day),
            expires_at=day + timedelta(1) if hidden == "expired" else None,
            deleted_at=day if hidden == "trashed" else None,
            **shared,
        )

    for address in ["/", "/tag/t/", "/author/a/", "/2020/"]:
        pages = [client.get(f"{address}?page={number}") for number in (2, 3)]
        found = [client.get(address), *pages]

        slugs = [post.slug for page in found for post in page.context["post_list"]]
        assert slugs == [f"seen-{number}" for number in (5, 4, 3, 2, 1, 0)]
        assert client.get(f"{address}?page=4").status_code == 404
