"""The lists of posts and pages in the admin, and its start page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from posts.tests.factories import in_an_hour, make_page, make_post, make_tag
from posts.tests.writing import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["post", "page"])
def test_list_costs_the_same_for_one_and_for_many(desk, model):
    make = {"post": make_post, "page": make_page}[model]
    url = address("changelist", model=model)

    def rows(count):
        for number in range(count):
            extra = {"tags": [make_tag(), make_tag()]} if model == "post" else {}
            make(published_at=timezone.now() - timedelta(days=number), **extra)

    rows(1)
    desk.get(url)  # what is remembered between requests is asked for once
    before = queries_of(desk, url)
    rows(5)
    desk.get(url)

    assert queries_of(desk, url) == before
    assert len(desk.get(url).context["cl"].result_list) == 6


def queries_of(desk, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(url).status_code == 200
    return len(queries)


def test_list_is_filtered_by_status_and_searched(desk):
    draft = make_post(title="Draft", published_at=None)
    scheduled = make_post(title="Later", published_at=in_an_hour())
    published = make_post(title="Out", body="A needle in the text.")
    trashed = make_post(title="Away", deleted_at=timezone.now())

    def listed(query):
        return set(desk.get(address("changelist") + query).context["cl"].result_list)

    assert listed("") == {draft, scheduled, published}
    assert listed("?status=draft") == {draft}
    assert listed("?status=scheduled") == {scheduled}
    assert listed("?status=published") == {published}
    assert listed("?status=trashed") == {trashed}
    assert listed("?status=nonsense") == {draft, scheduled, published}
    assert listed("?q=needle") == {published}


def test_start_page_says_what_waits(desk):
    make_post(title="Half done", published_at=None)
    make_post(title="Coming", published_at=in_an_hour())
    desk.get(reverse("admin:index"))  # what is remembered between requests is asked for once
    before = queries_of(desk, reverse("admin:index"))
    make_post(title="Another draft", published_at=None)

    html = desk.get(reverse("admin:index")).content.decode()

    assert "Half done" in html
    assert "Coming" in html
    assert queries_of(desk, reverse("admin:index")) == before
