"""The parts of a series: put in order, numbered without gaps, and none lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts import series_order
from posts.models import Post
from posts.tests.authors import sign_in
from posts.tests.factories import make_post, make_series
from posts.tests.writing import address, fields_of, staff_with

pytestmark = pytest.mark.django_db


def make_parts(series, *numbers, **fields) -> list[Post]:
    return [make_post(series=series, series_part=number, **fields) for number in numbers]


def order_of(series) -> list[tuple]:
    """Key and number of each part, in reading order."""
    return list(series_order.parts_of(series).values_list("pk", "series_part"))


def numbered(*posts) -> list[tuple]:
    return [(post.pk, number) for number, post in enumerate(posts, start=1)]


def send(desk, series, **numbers):
    url = address("change", series.pk, model="series")
    return desk.post(url, fields_of(desk.get(url)) | {"_continue": "1"} | numbers)


def test_parts_get_the_order_of_the_keys():
    series = make_series()
    a, b, c = make_parts(series, 1, 2, 3)

    assert series_order.renumber(series, [c.pk, a.pk, b.pk])

    assert order_of(series) == numbered(c, a, b)
    assert not series_order.renumber(series, [c.pk, a.pk, b.pk])


def test_gaps_doubles_and_missing_numbers_are_mended():
    series = make_series()
    a, b, c, d = make_parts(series, 3, 3, 9, None)

    series_order.renumber(series, [a.pk, b.pk, c.pk, d.pk])

    assert order_of(series) == numbered(a, b, c, d)


def test_part_added_meanwhile_is_kept_at_the_end():
    series = make_series()
    a, b = make_parts(series, 1, 2)
    [late] = make_parts(series, 1, published_at=None)

    series_order.renumber(series, [b.pk, a.pk])

    assert order_of(series) == numbered(b, a, late)


def test_what_is_no_part_is_left_alone():
    series = make_series()
    a, b = make_parts(series, 1, 2)
    other = make_post(series=make_series(), series_part=7)

    series_order.renumber(series, [other.pk, b.pk, 10**17, a.pk])

    assert order_of(series) == numbered(b, a)
    assert Post.objects.get(pk=other.pk).series_part == 7


def test_nothing_else_of_a_part_is_written():
    series = make_series()
    a, b = make_parts(series, 1, 2)
    Post.objects.filter(pk=a.pk).update(title="Edited meanwhile")
    before = Post.objects.get(pk=a.pk).modified_at

    series_order.renumber(series, [b.pk, a.pk])

    after = Post.objects.get(pk=a.pk)
    assert (after.title, after.modified_at) == ("Edited meanwhile", before)


# --- At the desk ------------------------------------------------------------------


def test_page_lists_the_parts_in_order_and_marks_drafts(admin_client):
    series = make_series()
    make_parts(series, 2, title="Zqsecond")
    make_parts(series, 1, title="Zqfirst", published_at=None)

    page = admin_client.get(address("change", series.pk, model="series")).content.decode()

    assert page.index("Zqfirst") < page.index("Zqsecond")
    assert page.count("status-draft") == 1


def test_numbers_are_saved_with_the_form(admin_client, client):
    series = make_series()
    a, b, c = make_parts(series, 1, 2, 3)
    numbers = {f"part-{a.pk}": "3", f"part-{b.pk}": "1", f"part-{c.pk}": "2"}

    send(admin_client, series, title="Renamed", **numbers)

    series.refresh_from_db()
    assert series.title == "Renamed"
    assert order_of(series) == numbered(b, c, a)
    box = client.get(a.get_absolute_url()).content.decode()
    assert "Part 3 of 3" in box


def test_same_numbers_keep_their_order_and_nonsense_goes_last(admin_client):
    series = make_series()
    a, b, c = make_parts(series, 1, 2, 3)

    send(admin_client, series, **{f"part-{a.pk}": "x", f"part-{b.pk}": "5", f"part-{c.pk}": "5"})

    assert order_of(series) == numbered(b, c, a)


def test_form_without_numbers_changes_no_order(admin_client):
    series = make_series()
    a, b = make_parts(series, 4, 9)

    send(admin_client, series, title="Renamed")

    assert order_of(series) == [(a.pk, 4), (b.pk, 9)]


def test_who_may_not_change_posts_changes_no_order(client):
    series = make_series()
    a, b = make_parts(series, 1, 2)
    staff_with(client, "view_series", "change_series")

    page = client.get(address("change", series.pk, model="series")).content.decode()
    send(client, series, **{f"part-{a.pk}": "2", f"part-{b.pk}": "1"})

    assert "data-series-parts" not in page
    assert order_of(series) == numbered(a, b)


def test_author_orders_nothing(client):
    series = make_series()
    author = sign_in(client)
    a, b = make_parts(series, 1, 2, authors=[author], published_at=None)
    url = address("change", series.pk, model="series")

    assert client.post(url, {f"part-{a.pk}": "2", f"part-{b.pk}": "1"}).status_code == 403
    assert order_of(series) == numbered(a, b)


def test_order_takes_the_same_queries_for_many_parts():
    def queries(count):
        series = make_series()
        parts = make_parts(series, *range(1, count + 1))
        with CaptureQueriesContext(connection) as captured:
            series_order.renumber(series, [part.pk for part in reversed(parts)])
        return len(captured)

    assert queries(2) == queries(30)
