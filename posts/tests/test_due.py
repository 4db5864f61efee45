from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from blogsite.pagecache.noting import noting
from posts.due import next_due
from posts.models import Page, Post
from posts.tests.factories import an_hour_ago, in_an_hour, make_page, make_post

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.now() + timedelta(days=number)


def test_due_is_the_first_of_all_that_the_clock_will_change():
    make_post(published_at=days(4))
    make_post(published_at=days(3), expires_at=days(9))
    soon = make_page(expires_at=days(2))
    make_post(published_at=days(1), deleted_at=timezone.now())
    make_post(published_at=None)

    assert next_due() == soon.expires_at


def test_nothing_is_due_without_a_date_to_come():
    make_post()
    make_post(published_at=None)
    make_post(expires_at=an_hour_ago())

    assert next_due() is None


def test_due_follows_each_edit():
    post = make_post(published_at=in_an_hour())
    assert next_due() == post.published_at

    Post.objects.filter(pk=post.pk).update(published_at=None)

    assert next_due() is None


def test_what_asks_for_published_texts_is_right_until_the_next_is_due():
    post = make_post(published_at=in_an_hour())

    with noting() as notes:
        list(Page.objects.published())

    assert notes.until == post.published_at


@pytest.mark.parametrize("column", ["published_at", "expires_at"])
def test_status_of_one_text_is_right_until_its_own_date(column):
    post = make_post(**{column: in_an_hour()})

    with noting() as notes:
        assert post.status in {"scheduled", "published"}

    assert notes.until == getattr(post, column)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no index of few rows")
@pytest.mark.parametrize("column", ["published_at", "expires_at"])
def test_next_date_is_found_by_an_index(column):
    rows = Post.everything.filter(**{"deleted_at": None, f"{column}__gt": timezone.now()})

    plan = rows.order_by(column).values_list(column, flat=True)[:1].explain()

    assert "USING" in plan
    assert "TEMP B-TREE" not in plan
