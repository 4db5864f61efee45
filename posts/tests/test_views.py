"""Single posts and pages, asked for as a browser does."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from posts.models import Byline
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db


def test_post_page_costs_the_same_queries_whatever_it_shows(client):
    series = make_series()
    tags = [make_tag() for _ in range(10)]

    def cost(post):
        client.get(post.get_absolute_url())  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(post.get_absolute_url()).status_code == 200
        return len(queries)

    small = make_post(tags=tags[:1], series=series)
    other = make_post(tags=tags[:1], series=series)
    costs = [cost(small)]
    for _ in range(5):
        other = make_post(authors=[make_user(), make_user()], tags=tags, series=series)
    costs += [cost(small), cost(other)]

    assert len(set(costs)) == 1
    assert costs[0] <= 7


def test_post_in_a_series_knows_its_place(client):
    series = make_series(title="The long road", slug="road")
    parts = [make_post(series=series, series_part=part) for part in (1, 2, 3)]

    html = client.get(parts[1].get_absolute_url()).content.decode()

    words = " ".join(fromstring(html).text_content().split())
    assert "art 2 of 3" in words
    assert parts[0].get_absolute_url() in html
    assert parts[2].get_absolute_url() in html


def test_page_is_shown_at_its_word(client):
    make_page(slug="about", title="About us")

    assert "About us" in client.get("/about/").content.decode()


def test_published_post_needs_no_cookie_and_sets_none(client):
    post = make_post()

    response = client.get(post.get_absolute_url())

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_unchanged_page_is_304(client):
    make_post()
    first = client.get("/")

    second = client.get("/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304


def test_draft_is_open_to_its_author_and_never_kept(client):
    author = make_user()
    post = make_post(authors=[author], published_at=None, title="Not yet")
    client.force_login(author)

    response = client.get(post.get_absolute_url())

    assert response.status_code == 200
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert response["X-Robots-Tag"] == "noindex"


def test_draft_is_closed_to_everyone_else(client):
    post = make_post(published_at=None, slug="draft")
    nobody = client.get(post.get_absolute_url()).status_code
    client.force_login(make_user())

    assert (nobody, client.get(post.get_absolute_url()).status_code) == (404, 404)


def test_draft_page_is_open_to_editors_of_pages(client):
    page = make_page(published_at=None)
    editor = make_user()
    client.force_login(editor)
    closed = client.get(page.get_absolute_url()).status_code
    editor.user_permissions.add(Permission.objects.get(codename="change_page"))
    client.force_login(editor)  # sessions end with a change of what somebody may do

    assert (closed, client.get(page.get_absolute_url()).status_code) == (404, 200)


def test_markdown_is_what_was_typed(client):
    body = "# As *typed*\r\n\n  with   spaces  \n"
    post = make_post(body=body)

    by_accept = client.get(post.get_absolute_url(), headers={"accept": "text/markdown"})

    assert by_accept.content.decode().endswith(body)
    assert by_accept["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Accept" in by_accept["Vary"]


def test_browser_gets_html(client):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    response = client.get(make_post().get_absolute_url(), headers={"accept": accept})

    assert response["Content-Type"].startswith("text/html")


def test_not_found_page_suggests_posts_with_a_like_address(client):
    post = make_post(slug="designing-command-lines", title="Designing command lines")

    response = client.get("/2019/04/command-lines.html")

    assert response.status_code == 404
    assert post.get_absolute_url() in response.content.decode()


def test_stale_post_says_so(client):
    post = make_post(published_at=datetime(2015, 1, 1, tzinfo=UTC))

    assert client.get(post.get_absolute_url()).context["stale"] is True


def test_trashed_post_is_410(client):
    post = make_post(deleted_at=timezone.now())

    response = client.get(post.get_absolute_url())

    assert response.status_code == 410
    assert post.title not in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/media/../settings.py", "/media/x.svg", "/media/no.png", "/media/a.html"]
)
def test_media_serves_pictures_only(client, path):
    assert client.get(path).status_code == 404


def test_unknown_host_is_400(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_bylines_name_an_author_once():
    author = make_user()
    post = make_post(authors=[author])

    with pytest.raises(Exception, match=r"(?i)unique"):
        Byline.objects.create(post=post, user=author)


def test_names_of_addresses_do_not_drift():
    assert reverse("posts:detail", args=["は-particle"]) == "/post/%E3%81%AF-particle/"
    assert reverse("posts:month", args=[2020, "05"]) == "/2020/05/"
