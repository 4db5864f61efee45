"""What a guest's browser remembers, and for how long."""

import time
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import form_on, said_on, send
from comments.writing.guests import COOKIE_NAME, MOST_BYTES, SALT, Guest
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db

TRAITS = {"name", "email", "site"}


def traits_on(client, post) -> dict[str, str]:
    """What the form is filled in with when its page is opened."""
    form = form_on(client.get(post.get_absolute_url()))
    return {name: value for name, value in form.items() if name in TRAITS and value}


def own_rows(client) -> dict:
    return signing.loads(client.cookies[COOKIE_NAME].value, salt=SALT)


def test_cookie_is_of_this_site_and_out_of_reach_for_scripts(client):
    send(client, make_post())

    cookie = client.cookies[COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (cookie["domain"], cookie["max-age"]) == ("", 30 * 86_400)


def test_guest_who_wishes_so_is_remembered_for_a_year(client):
    post = make_post()

    send(client, post, remember="on", site="https://example.org/ada")

    expected = {"name": "Ada", "email": "ada@example.org", "site": "https://example.org/ada"}
    assert traits_on(client, post) == expected
    assert form_on(client.get(post.get_absolute_url()))["remember"] == "on"
    assert client.cookies[COOKIE_NAME]["max-age"] == 365 * 86_400


def test_page_filled_in_for_somebody_is_kept_by_nobody(client):
    send(client, make_post(), remember="on")

    response = client.get(make_post().get_absolute_url())

    assert response["Cache-Control"] == "private, no-store"
    assert "csrf" not in response.content.decode()


def test_guest_who_does_not_wish_so_is_not_in_the_cookie(client):
    post = make_post()

    send(client, post)

    assert traits_on(client, post) == {}
    assert "ada" not in str(own_rows(client)).lower()


def test_taking_the_wish_back_forgets(client):
    post = make_post()
    send(client, post, remember="on")

    send(client, post, body="Another.")

    assert traits_on(client, post) == {}
    assert len(own_rows(client)["written"]) == 2


def test_last_twenty_comments_are_known(client):
    post = make_post()

    for number in range(22):
        send(client, post, body=f"Number {number}.")

    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True)[:20]
    assert [key for key, _second in own_rows(client)["written"]] == list(newest)[::-1]


@pytest.mark.parametrize("name", ["😀" * 120, "ü" * 120])
def test_cookie_never_outgrows_what_browsers_keep(client, name):
    send(client, make_post(), name=name, site=f"https://example.org/{'ü' * 450}", remember="on")

    assert len(client.cookies[COOKIE_NAME].value) <= MOST_BYTES
    assert len(own_rows(client)["written"]) == 1


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "",
        signing.dumps({"written": [[1, 2]], "name": "Eve"}, salt="another"),
        signing.dumps({"name": "Eve"}, salt=SALT),
        signing.dumps(["Eve"], salt=SALT),
        signing.dumps({"written": 5}, salt=SALT),
        signing.dumps({"written": [[1]], "is_staff": True}, salt=SALT),
        "ÿ:x:y",
    ],
    ids=range(8),  # a signature holds the time, and names of tests must stay the same
)
def test_forged_or_strange_cookie_is_as_none(client, value):
    client.cookies[COOKIE_NAME] = value
    post = make_post()

    response = client.get(post.get_absolute_url())

    assert (response.status_code, traits_on(client, post)) == (200, {})
    assert send(client, post).status_code == 303


def test_cookie_of_before_a_restored_backup_owns_nobody_elses_comment(client):
    """The key is the same, but the comment was written at another time."""
    send(client, make_post())
    mine = Comment.objects.get()
    Comment.objects.update(created_at=mine.created_at - timedelta(seconds=30), body="Of another.")

    assert "Of another." not in said_on(client.get(mine.post.get_absolute_url()))
    assert client.get(f"/comments/{mine.pk}/edit/").status_code == 404


def test_comment_of_a_member_is_never_a_guests(client, rf):
    send(client, make_post())
    comment = Comment.objects.get()
    request = rf.get("/")
    request.COOKIES[COOKIE_NAME] = client.cookies[COOKIE_NAME].value

    assert Guest.from_request(request).wrote(comment)
    comment.member_id = 5
    assert not Guest.from_request(request).wrote(comment)


def test_ownership_ends_after_thirty_days(rf):
    old = make_comment(status="pending", created_at=timezone.now() - timedelta(days=31))
    request = rf.get("/")

    request.COOKIES[COOKIE_NAME] = Guest().with_comment(old).as_cookie()
    forgotten = Guest.from_request(request)
    request.COOKIES[COOKIE_NAME] = Guest(name="Ada").with_comment(old).as_cookie()

    assert forgotten.comment_keys == []
    assert Guest.from_request(request).comment_keys == [old.pk]


def test_cookie_older_than_a_year_is_as_none(rf, monkeypatch):
    request = rf.get("/")
    request.COOKIES[COOKIE_NAME] = Guest(name="Ada").as_cookie()
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 366 * 86_400)

    assert Guest.from_request(request) == Guest()


def test_reader_gets_no_cookie():
    comment = make_comment()
    client = Client()

    for path in [
        "/",
        comment.post.get_absolute_url(),
        f"{comment.post.get_absolute_url()}comments/",
    ]:
        response = client.get(path)
        assert (response.status_code, dict(response.cookies)) == (200, {})
