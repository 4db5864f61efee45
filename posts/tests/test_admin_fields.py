"""What an editor says about a post: address, tags, authors, series."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts.models import Page, Post, Tag
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.tests.writing import address, edit, errors_of, write

pytestmark = pytest.mark.django_db


def test_slug_is_made_when_left_empty_and_never_taken_twice(desk):
    make_post(slug="a-walk")

    write(desk, title="A walk")
    write(desk, title="Ein Gespräch über Ärger")
    write(desk, title="", body="日本語の本文")
    write(desk, title="!!!", body="")

    assert sorted(Post.objects.values_list("slug", flat=True)) == [
        "a-walk",
        "a-walk-2",
        "ein-gespräch-über-ärger",
        "post",
        "日本語の本文",
    ]


def test_slug_in_the_trash_is_refused_in_words(desk, editor):
    make_post(slug="gone", deleted_at=timezone.now())

    response = write(desk, title="New", slug="gone")

    assert "trash" in errors_of(response)["slug"][0]


def test_page_never_takes_an_address_of_the_site(desk):
    write(desk, model="page", title="Archive")
    response = write(desk, model="page", title="Search", slug="search")

    assert Page.objects.get().slug == "archive-2"
    assert "site uses this address" in errors_of(response)["slug"][0]


def test_tags_are_typed_and_matched_whatever_their_case(desk):
    python, umlaut = make_tag("Python"), make_tag("Übung")

    write(desk, title="Tags", tag_names=" python, ÜBUNG,,C++ , c#, C++ ,  two   words ")

    post = Post.objects.get()
    assert {python, umlaut} < set(post.tags.all())
    assert sorted(tag.name for tag in post.tags.all()) == [
        "C++",
        "Python",
        "c#",
        "two words",
        "Übung",
    ]
    assert sorted(Tag.objects.values_list("slug", flat=True)) == [
        "c-plus-plus",
        "c-sharp",
        "python",
        "two-words",
        "übung",
    ]


def test_tags_are_shown_and_taken_away(desk):
    post = make_post(tags=[make_tag("One"), make_tag("Two")])

    shown = desk.get(address("change", post.pk)).context["adminform"].form["tag_names"].value()
    edit(desk, post, tag_names="two")

    assert shown == "One, Two"
    assert [tag.name for tag in post.tags.all()] == ["Two"]


def test_tag_that_is_too_long_is_refused(desk):
    response = write(desk, title="Tags", tag_names="x" * 101)

    assert errors_of(response) == {"tag_names": [f"A tag has at most 100 characters: {'x' * 30}…"]}
    assert not Tag.objects.exists()


def test_authors_are_named_in_order(desk, editor):
    ada, grace = make_user(display_name="Ada", email=None), make_user(is_staff=True)

    write(
        desk,
        title="Together",
        **{
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-user": ada.pk,
            "bylines-0-position": "2",
            "bylines-1-user": grace.pk,
            "bylines-1-position": "1",
        },
    )

    assert Post.objects.get().author_list == [grace, ada]


def test_author_named_twice_is_refused_in_words(desk, editor):
    response = write(
        desk,
        title="Twice",
        **{
            "bylines-TOTAL_FORMS": "2",
            "bylines-0-user": editor.pk,
            "bylines-0-position": "1",
            "bylines-1-user": editor.pk,
            "bylines-1-position": "0",
        },
    )

    assert b"Each author can be named once." in response.content
    assert not Post.objects.exists()


def test_readers_are_not_offered_as_authors(desk):
    make_user(display_name="Somebody who reads")

    assert b"Somebody who reads" not in desk.get(address("add")).content


def test_who_may_be_an_author_is_asked_once_for_all_rows(desk):
    post = make_post(authors=[make_user(display_name=f"Author {n}") for n in range(3)])
    make_post(authors=[make_user(display_name="Who drafts")], published_at=None)

    with CaptureQueriesContext(connection) as queries:
        page = desk.get(address("change", post.pk)).content.decode()

    assert page.count(">Author 2</option>") == page.count(">Who drafts</option>") == 4
    asked = [each["sql"] for each in queries if 'V0."user_id" AS "user"' in each["sql"]]
    assert len(asked) == 1


def test_series_and_part_are_kept(desk):
    series = make_series()

    write(desk, title="Part three", series=series.pk, series_part="3")

    post = Post.objects.get()
    assert (post.series, post.series_part) == (series, 3)
