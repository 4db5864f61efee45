"""Trusted and banned people, and locked discussions, in lists of their own."""

import pytest

from comments import locking
from comments.models import Discussion, Standing
from comments.tests.factories import make_comment
from comments.tests.moderating import sign_in
from posts.tests.factories import make_post, make_user
from posts.tests.writing import errors_of

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/standing/"


@pytest.fixture
def moderator(client):
    return sign_in(client)


def add(client, **fields):
    return client.post(f"{LIST}add/", {"verdict": "banned", "note": "", **fields})


def test_guest_is_banned_by_e_mail(client, moderator):
    add(client, who=" Bot@Example.org ", note="Pills")

    standing = Standing.objects.get()
    assert (standing.of, standing.value, standing.note) == ("email", "bot@example.org", "Pills")
    assert standing.by == moderator


@pytest.mark.parametrize("called", ["ada@example.org", "ADA@example.org", "ada"])
def test_member_is_found_by_e_mail_and_by_handle(client, moderator, called):
    ada = make_user(email="ada@example.org", handle="ada", display_name="Ada Lovelace")

    add(client, who=called, verdict="trusted")

    standing = Standing.objects.get()
    assert (standing.of, standing.value, standing.verdict) == ("member", str(ada.pk), "trusted")
    assert "Ada Lovelace" in client.get(LIST).content.decode()


@pytest.mark.parametrize("who", ["", "nobody", "a@b", "x" * 300, "a\0@example.org"])
def test_nobody_is_not_banned(client, moderator, who):
    assert list(errors_of(add(client, who=who))) == ["who"]
    assert not Standing.objects.exists()


def test_person_in_the_list_is_not_added_twice(client, moderator):
    add(client, who="bot@example.org")

    again = add(client, who="bot@example.org", verdict="trusted")

    assert list(errors_of(again)) == ["who"]
    assert Standing.objects.get().verdict == "banned"


def test_standings_are_lifted_in_the_list(client, moderator):
    add(client, who="bot@example.org")
    keys = [standing.pk for standing in Standing.objects.all()]

    client.post(LIST, {"action": "lift", "index": "0", "_selected_action": keys})

    assert not Standing.objects.exists()


def test_list_names_those_who_are_gone(client, moderator):
    Standing.objects.create(of="member", value="99999", verdict="banned")
    Standing.objects.create(of="address", value="a" * 32, verdict="banned")

    html = client.get(LIST).content.decode()

    assert "a deleted account" in html
    assert "a network address" in html


def test_discussions_are_locked_and_unlocked_in_their_list(client, moderator):
    discussions = [make_comment().post_id for _number in range(2)]
    url = "/admin/comments/discussion/"

    client.post(url, {"action": "lock", "index": "0", "_selected_action": discussions})
    locked = Discussion.objects.exclude(locked_at=None).count()
    client.post(url, {"action": "unlock", "index": "0", "_selected_action": discussions[:1]})

    assert locked == 2
    assert Discussion.objects.get(locked_at=None).pk == discussions[0]


def test_discussion_is_locked_from_the_page_of_its_post(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    post = make_post()
    page = f"/admin/posts/post/{post.pk}/change/"
    url = f"/admin/comments/discussion/{post.pk}/lock/"

    before = client.get(page).content.decode()
    response = client.post(url, {"locked": "yes"})
    after = client.get(page).content.decode()

    assert response.url == page
    assert Discussion.objects.get().locked_at
    assert ("Lock discussion" in before, "Unlock discussion" in before) == (True, False)
    assert "Unlock discussion" in after
    assert "0 comments" in before


@pytest.mark.parametrize("key", ["abc", "9" * 20, "12345"])
def test_discussion_of_no_post_is_not_locked(client, moderator, key):
    url = f"/admin/comments/discussion/{key}/lock/"

    assert client.post(url, {"locked": "yes"}).status_code == 404


def test_locking_twice_changes_nothing():
    post = make_comment().post

    counts = [locking.set_locked([post.pk], True, make_user()) for _time in range(2)]

    assert counts == [1, 0]
