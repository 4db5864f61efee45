"""With DEBUG on, Jinja2 prints a name that is not there: none is ever asked for."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from jinja2 import DebugUndefined

from comments.tests.factories import make_comment
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

LONG_AGO = datetime(2020, 5, 4, tzinfo=UTC)
ADDRESSES = [
    "/",
    "/posts/",
    "/post/text/",
    "/page/",
    "/post/text/comments/",
    "/tag/tag/",
    "/tags/",
    "/series/series/",
    "/series/",
    "/author/author/",
    "/archive/",
    "/2020/",
    "/search/",
    "/search/?q=quokka",
    "/not-there/",
    "/account/login/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_templates_print_no_undefined_name(client, monkeypatch, address):
    monkeypatch.setattr(engines["readers"].env, "undefined", DebugUndefined)
    tag, series, author = (
        make_tag(slug="tag"),
        make_series(slug="series"),
        make_user(handle="author"),
    )
    groups = {"tags": [tag], "series": series, "authors": [author]}
    post = make_post(slug="text", body="quokka", published_at=LONG_AGO, **groups)
    make_comment(post)
    make_page(slug="page", body="quokka")

    assert "{{" not in client.get(address).content.decode()
