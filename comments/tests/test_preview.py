"""A look at a comment before it is sent."""

import pytest
from lxml import html

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import HERE, form_on, page_of, send, set_rules
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def look(client, body, headers=HERE):
    return client.post("/comments/preview/", {"body": body}, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        "Some *words* and `code`.",
        "```python\nx = 1\n```",
        "[a](https://example.org) <b>raw</b> # no heading",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "> quote\n\n- list",
    ],
)
def test_preview_is_what_the_page_will_show(client, body):
    comment = make_comment(body=body)

    response = look(client, body)

    assert response.content.decode() == comment.body_html
    assert response["Cache-Control"] == "private, no-store"


def test_preview_asks_and_stores_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = look(client, "Words.")

    assert not response.cookies
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"), [("", 422), ("x" * 10_001, 422), ("a\0", 422), ("x" * (6 * 2**20), 400)]
)
def test_what_cannot_be_sent_has_no_preview(client, body, status):
    client.raise_request_exception = False

    response = look(client, body)

    assert response.status_code == status
    assert html.fragments_fromstring(response.content.decode())


def test_long_text_is_told_how_long_it_is(client):
    words = look(client, "x" * 10_001).content.decode()

    assert "10001 characters long" in words and "10000 fit" in words


def test_other_sites_get_no_preview(client):
    response = look(client, "Words.", headers={"Sec-Fetch-Site": "cross-site"})

    assert (response.status_code, b"Words." in response.content) == (403, False)


def test_preview_is_no_page_to_visit(client):
    assert client.get("/comments/preview/").status_code == 405


def test_preview_without_script_keeps_the_form(client):
    parent = make_comment()

    response = send(
        client,
        parent.post,
        preview="1",
        body="Some **bold** words.",
        name="",
        email="half",
        remember="on",
        subscription="post",
        parent=str(parent.pk),
    )

    form = form_on(response)
    assert response.status_code == 200
    assert (form["body"], form["email"], form["remember"]) == ("Some **bold** words.", "half", "on")
    assert (form["subscription"], form["parent"]) == ("post", str(parent.pk))
    [preview] = page_of(response).find_class("comment-preview-now")
    assert preview.xpath(".//strong")
    assert not page_of(response).find_class("form-trouble")
    assert Comment.objects.count() == 1


def test_form_after_a_preview_can_be_sent_as_it_is(client):
    post = make_post()
    set_rules(policy="open")

    previewed = send(client, post, preview="1", body="Looked at.")
    response = client.post(f"/post/{post.slug}/comments/", form_on(previewed), headers=HERE)

    assert response.status_code == 303
    assert Comment.objects.get().status == "approved"


@pytest.mark.parametrize("body", ["", "x" * 10_001])
def test_preview_without_script_says_what_is_wrong(client, body):
    response = send(client, make_post(), preview="1", body=body)

    assert page_of(response).find_class("form-trouble")
    assert form_on(response)["body"] == body
