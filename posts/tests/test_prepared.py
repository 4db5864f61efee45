"""Lists and posts that are read by prepared queries are what plain queries would give."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from posts.models import Post
from posts.tests.factories import an_hour_ago, in_an_hour, make_post, make_series, make_tag
from posts.views.detail import neighbours, related

pytestmark = pytest.mark.django_db


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_rows_hold_tags_by_name_and_authors_in_order(django_assert_num_queries):
    ann, bob = make_user(), make_user()
    post = make_post(authors=[bob, ann], tags=[make_tag("Zinc"), make_tag("ash")])
    make_post(authors=[ann], tags=[])

    rows = list(Post.objects.with_byline())

    with django_assert_num_queries(0):
        row = next(each for each in rows if each == post)
        assert row.author_list == [bob, ann]
        assert [tag.name for tag in row.tag_list] == ["ash", "Zinc"]
        other = next(each for each in rows if each != post)
        assert [other.tag_list, other.author_list] == [[], [ann]]
        assert other.author_list[0] is row.author_list[1]


def test_held_tags_can_be_narrowed():
    ash, zinc = make_tag("ash"), make_tag("zinc")
    post = make_post(tags=[ash])
    make_post(tags=[zinc])

    row = Post.objects.with_byline().get(pk=post.pk)

    assert list(row.tags.filter(name__gt="a")) == [ash]


def test_columns_alone_are_read_from_rows_with_byline():
    post = make_post()

    assert list(Post.objects.with_byline().values_list("pk", flat=True)) == [post.pk]


def test_neighbours_follow_the_clock():
    first, second, third = (make_post(published_at=days_ago(days)) for days in [3, 2, 1])
    over = make_post(published_at=days_ago(2), expires_at=an_hour_ago())
    coming = make_post(published_at=in_an_hour())

    assert neighbours(second) == (first, third)
    assert neighbours(third) == (second, None)
    assert neighbours(over) == (second, third)
    assert neighbours(coming) == (third, None)
    assert neighbours(make_post(published_at=None)) == (None, None)


def test_neighbours_of_the_same_moment_are_in_the_order_of_their_keys():
    moment = days_ago(1)
    first, second, third = (make_post(published_at=moment) for _number in range(3))

    assert neighbours(second) == (first, third)


def test_related_posts_are_those_that_a_plain_query_finds():
    tags = [make_tag(name) for name in ["ash", "beech", "cedar"]]
    series = make_series()
    post = make_post(tags=tags, series=series)
    make_post(tags=tags, series=series)
    make_post(tags=tags, published_at=in_an_hour())
    make_post(tags=tags[:1], published_at=days_ago(3))
    close = make_post(tags=tags[:2], published_at=days_ago(4))

    found = related(post)

    assert found[0] == close
    assert found == list(Post.objects.published().related_to(post)[:3])
    assert related(make_post(tags=[])) == []
