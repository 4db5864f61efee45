"""Nothing leaks by what the desk hands out: links to drafts, and pictures that were thrown away."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from blogsite.tests.hidden import STATES, make_all_hidden
from blogsite.tests.test_leaks import NEIGHBOURS, TABLE, asked, assert_silent
from blogsite.tests.test_leaks_insiders import sign_in_insider
from posts import draft_links, trash
from posts.models import DraftLink, Post
from posts.tests.factories import make_post, make_user
from posts.tests.pictures import picture_bytes, store

pytestmark = pytest.mark.django_db

SHARED = {"draft", "scheduled", "withdrawn"}  # what a link opens that was made since
WHO = ["anonymous", "reader", "author", "editor", "moderator"]


@pytest.fixture(params=WHO)
def anybody(request, client):
    cache.clear()
    return request.param, client


def sign_in(who, client):
    if who == "reader":
        client.force_login(make_user(display_name="Reader"))
    elif who != "anonymous":
        sign_in_insider(client, who)


def links_by_state() -> dict[str, str]:
    """The path of a link to the post in each state that still has a row."""
    paths = {}
    for state in STATES:
        post = Post.everything.filter(slug=f"zq{state}-post").first()
        if post:
            link = draft_links.make(post, None, days=1, label="zqlabel")
            paths[state] = draft_links.address_of(link).removeprefix(settings.SITE_URL)
    return paths


def test_link_opens_what_is_to_come_and_nothing_else(anybody):
    who, client = anybody
    words, paths = make_all_hidden(), links_by_state()
    sign_in(who, client)

    for state, path in paths.items():
        response = client.get(path)
        assert "no-store" in response["Cache-Control"], state
        others = words | {"label": "zqlabel"}
        if state in SHARED:
            assert response.status_code == 200, state
            assert others.pop(state) in response.content.decode().lower(), state
        else:
            assert response.status_code == 404, state
        assert_silent(response, others)


@pytest.mark.parametrize(
    "end",
    [
        lambda links: links.update(revoked_at=timezone.now()),
        lambda links: links.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda links: links.update(secret="another"),
        lambda links: links.delete(),
    ],
)
def test_link_that_is_over_is_over_for_everybody(anybody, end):
    who, client = anybody
    words, paths = make_all_hidden(), links_by_state()
    end(DraftLink.objects.all())
    sign_in(who, client)

    for state, path in paths.items():
        response = client.get(path)
        assert response.status_code == 404, state
        assert_silent(response, words)


def test_links_are_named_nowhere(client):
    make_all_hidden()
    paths = links_by_state()
    marks = {"label": "zqlabel"} | {
        state: path.removeprefix("/draft/").lower() for state, path in paths.items()
    }

    for surface in (*TABLE.values(), NEIGHBOURS):
        for _path, _state, response in asked(client, surface.paths, dict.fromkeys(STATES, "x")):
            assert_silent(response, marks)


def test_trashed_picture_is_nowhere(client):
    picture = store(picture_bytes(size=(900, 600)), alt="zqpicture", caption="zqpicture")
    make_post(slug="open-cover", cover=picture, cover_alt="zqpicture")
    files = {each["file"]: each["file"] for each in picture.renditions} | {"": picture.file}
    seen = client.get("/post/open-cover/").content.decode()
    assert "zqpicture" in seen
    assert picture.file in seen

    trash.move_to_trash(picture, by=None)

    for surface in (*TABLE.values(), NEIGHBOURS):
        for _path, _state, response in asked(client, surface.paths, dict.fromkeys(STATES, "x")):
            assert_silent(response, files | {"alt": "zqpicture"})
    assert_silent(client.get("/post/open-cover/"), files | {"alt": "zqpicture"})
    for file in files.values():
        assert client.get(f"/media/{file}").status_code == 410
