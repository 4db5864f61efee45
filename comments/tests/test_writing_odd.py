"""Requests that no form sends, and what a comment costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import (
    address_of,
    fields,
    said_on,
    send,
)
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


# --- Odd requests -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "statuses"),
    [
        (b"", "application/x-www-form-urlencoded", {422}),
        (b"%ff%fe=%80&body=%ed%a0%80\xff&name=%00", "application/x-www-form-urlencoded", {422}),
        (b"&".join(b"f%d=1" % n for n in range(10_000)), "application/x-www-form-urlencoded", {400}),
        (b"body=x&body=y&name[]=a&parent=1&parent=2", "application/x-www-form-urlencoded", {422}),
        (b"x" * (6 * 2**20), "application/x-www-form-urlencoded", {400, 413}),
        (b'{"body": "x"}', "application/json", {422}),
        (b"\xff\x00", "text/plain", {422}),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b", {400, 422}),
        (b"body=x", "application/x-www-form-urlencoded; charset=utf-16", {400}),
    ],
)  # fmt: skip
def test_odd_request_is_refused_in_words(client, body, content_type, statuses):
    client.raise_request_exception = False

    response = client.post(address_of(make_post()), body, content_type=content_type)

    assert response.status_code in statuses
    assert not Comment.objects.exists()


def test_text_sent_as_a_file_is_no_text(client):
    upload = SimpleUploadedFile("body", b"A file.")

    response = client.post(address_of(make_post()), fields(body=upload))

    assert response.status_code == 422


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing(client, method):
    response = getattr(client, method)(address_of(make_post()))

    assert response.status_code == 405


# --- Work -------------------------------------------------------------------------


def test_comment_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    post, parent = make_post(), None
    for _number in range(30):
        parent = make_comment(post=post, parent=parent)
    send(client, post, body="The settings are remembered from now on.")

    # Three of them keep the index of the search in step.
    with django_assert_max_num_queries(15):
        response = send(client, post, parent=str(parent.pk))

    assert response.status_code == 303


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
def test_comment_reads_no_table_from_end_to_end(client):
    comment = make_comment()
    guest = {"email": comment.email, "name": comment.name}

    with CaptureQueriesContext(connection) as captured:
        send(client, comment.post, parent=str(comment.pk), **guest)

    questions = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in questions]
    steps = [step[-1] for plan in plans for step in plan]
    assert [step for step in steps if step.startswith("SCAN comments_")] == []


def test_refusal_is_in_the_log_without_the_address(client, caplog):
    send(client, make_post(slug="logged"), headers={"Origin": "https://evil.example"})

    [line] = [row.getMessage() for row in caplog.records if row.name == "comments.views.writing"]
    assert "refused: foreign, from " in line and "203.0.113" not in line


def test_received_page_tells_nothing(client):
    response = client.get("/comments/received/")

    assert response.status_code == 200
    assert not response.cookies
    assert "once a moderator has approved it" in said_on(response)
