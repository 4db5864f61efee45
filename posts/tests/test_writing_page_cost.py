"""What the page costs on which a text is written: the same for a text with a long past."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from posts import redirects, revisions
from posts.models import DraftLink, Review, Waiver
from posts.tests.factories import in_an_hour, make_post, make_series, make_tag, make_user
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

# Tables that grow with the site. Those who may be named as authors are read whole, by design.
GROWING = "posts_(post|page|image|tag|revision|draftlink|review|waiver|redirect|workingcopy|byline)"
SCAN = re.compile(rf"^SCAN {GROWING}\b(?!.*INDEX)")


def with_a_past(number: int):
    """A post with `number` of all that can hang on one."""
    post = make_post(
        authors=[make_user(is_staff=True)],
        tags=[make_tag()],
        series=make_series(),
        published_at=in_an_hour(),
    )
    for each in range(number):
        post.body = f"Text {each}"
        post.save()
        revisions.keep(post)
        redirects.remember(post, f"/was/{post.pk}/{each}/")
        DraftLink.objects.create(post=post, expires_at=in_an_hour())
        Review.objects.create(post=post, kind=Review.Kind.SUBMITTED, note=str(each))
        Waiver.objects.create(post=post, findings=[], reason=str(each))
    return post


def queries_of(desk, post) -> list[str]:
    page = address("change", post.pk)
    desk.get(page)  # what is asked once and remembered
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(page).status_code == 200
    return [query["sql"] for query in queries]


def test_page_costs_the_same_with_five_hundred_revisions(desk):
    few, many = with_a_past(1), with_a_past(30)
    for number in range(470):
        many.body = f"Later text {number}"
        many.save()
        revisions.keep(many)

    assert len(queries_of(desk, many)) == len(queries_of(desk, few))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
def test_no_table_that_grows_is_read_from_end_to_end(desk):
    post = with_a_past(2)
    scans = {}

    for sql in queries_of(desk, post):
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                found = [row[3] for row in cursor.fetchall() if SCAN.match(row[3])]
            if found:
                scans[sql[:300]] = found

    assert scans == {}
