"""The Markdown beside each post and page."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from posts.tests.factories import in_an_hour, make_page, make_post, make_user

pytestmark = pytest.mark.django_db

BODY = "\ufeff# Tab\there \r\n\n\n  trailing  \n<!--more-->\n😀 مرحبا\n\n"
MARKDOWN = {"Accept": "text/markdown"}


def make_text(kind, **fields):
    return make_post(slug="x", **fields) if kind == "post" else make_page(slug="x", **fields)


TWINS = [("post", "/post/x/", "/post/x.md"), ("page", "/x/", "/x.md")]


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_markdown_comes_out_byte_for_byte(client, kind, path, twin):
    make_text(kind, body=BODY)

    by_address, by_header = client.get(twin), client.get(path, headers=MARKDOWN)

    assert by_address.content == by_header.content == BODY.encode()
    for response in (by_address, by_header):
        assert response["Content-Type"] == "text/markdown; charset=utf-8"
        assert response["Content-Location"] == f"http://testserver{twin}"
        assert response["Link"] == f'<http://testserver{path}>; rel="canonical"'
        assert "Accept" in response["Vary"]
        assert "X-Robots-Tag" not in response


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_page_announces_its_markdown(client, kind, path, twin):
    make_text(kind)

    response = client.get(path)

    address = f"http://testserver{twin}"
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Link"] == f'<{address}>; rel="alternate"; type="text/markdown"'
    assert "Accept" in response["Vary"]
    assert f'<link rel="alternate" type="text/markdown" href="{address}">' in (
        response.content.decode()
    )


@pytest.mark.parametrize(
    "accept", ["*/*", "text/html,*/*;q=0.8", "text/markdown;q=0.5,text/html", "image/png", ""]
)
def test_page_is_html_for_who_prefers_it(client, accept):
    make_post(slug="x")

    response = client.get("/post/x/", headers={"Accept": accept})

    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_markdown_names_the_original_elsewhere(client):
    make_post(slug="x", canonical_url="https://other.example/ж\u00e9/")

    response = client.get("/post/x.md")

    assert response["Link"] == '<https://other.example/%D0%B6%C3%A9/>; rel="canonical"'


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_markdown_of_a_noindex_text_is_noindex(client, kind, path, twin):
    make_text(kind, noindex=True)

    assert client.get(twin)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
@pytest.mark.parametrize("published_at", [None, in_an_hour()], ids=["draft", "scheduled"])
def test_markdown_of_a_hidden_text_is_for_editors_only(client, kind, path, twin, published_at):
    make_text(kind, published_at=published_at)
    editor = make_user()
    editor.user_permissions.add(Permission.objects.get(codename=f"change_{kind}"))

    anonymous = client.get(twin)
    client.force_login(editor)
    mine = client.get(twin)

    assert anonymous.status_code == 404
    assert mine.status_code == 200
    assert mine["Cache-Control"] == "private, no-store"
    assert mine["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_markdown_of_a_removed_text_is_gone(client, kind, path, twin):
    make_text(kind, deleted_at=timezone.now())

    assert client.get(twin).status_code == 410


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_markdown_moves_with_its_page(client, kind, path, twin):
    text = make_text(kind)
    text.slug = "new"
    text.save()

    response = client.get(twin)

    assert response.status_code == 301
    assert response["Location"] == twin.replace("x", "new")


@pytest.mark.parametrize(("kind", "path", "twin"), TWINS)
def test_markdown_can_only_be_read(kind, path, twin):
    make_text(kind)
    client = Client(enforce_csrf_checks=True)

    assert client.post(twin).status_code == 405
    assert client.head(twin).status_code == 200
