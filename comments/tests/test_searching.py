"""Moderators search comments: by words, by who wrote them and from where, and never find what is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from comments import forgetting, networks, searching
from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, sign_in
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


def found(client, words) -> set:
    page = client.get(QUEUE, {"status": "all", "q": words})
    return set(page.context["cl"].result_list)


@pytest.mark.parametrize(
    "words",
    [
        "quokka",
        "QUOKKA",
        "uokk",
        "lovelace",
        "Lovel",
        "ada quokka",
        "ada.l@example.org",
        "ada.l@exa",
    ],
)
def test_guest_is_found_by_words_name_and_address(client, moderator, words):
    sought = make_comment(name="Ada Lovelace", email="ada.l@example.org", body="On the quokka.")
    make_comment(name="Bob", body="On the wombat.")

    assert found(client, words) == {sought}


def test_words_are_found_beyond_the_first_of_the_list(client, moderator, monkeypatch):
    """Parts of words are looked for in these only."""
    monkeypatch.setattr(searching, "FIRST", 1)
    old = make_comment(body="On the quokka.", name="Ada", email="ada@example.org")
    make_comment()

    assert found(client, "quokka") == {old}
    assert found(client, "uokk") == set()
    assert found(client, "ad") == {old}


def test_member_is_found_by_the_name_of_today(client, moderator):
    member = make_user(display_name="Grace")
    comment = make_comment(member=member)
    make_comment()
    User.objects.filter(pk=member.pk).update(display_name="Hopper")

    assert found(client, "Hopper") == {comment}
    assert found(client, "Grace") == set()


def test_comments_from_a_network_are_found_by_its_address(client, moderator):
    key, network = networks.keys_for("203.0.113.7")
    mine = make_comment(address_key=key, network_key=network)
    near = make_comment(network_key=network)
    make_comment()

    assert found(client, "203.0.113.7") == {mine, near}


def test_search_stays_within_what_is_filtered(client, moderator):
    waiting = make_comment(body="quokka", status="pending")
    make_comment(body="quokka")

    page = client.get(QUEUE, {"q": "quokka"})

    assert list(page.context["cl"].result_list) == [waiting]


def test_purged_comment_leaves_nothing_in_the_index():
    spam = make_comment(status="spam", body="quokka")
    root = make_comment(status="removed", body="quokka")
    make_comment(parent=root)
    long_ago = timezone.now() - timedelta(days=100)
    Comment.objects.filter(pk__in=[spam.pk, root.pk]).update(created_at=long_ago)

    forgetting.purge(timedelta(days=90))

    assert searching.with_words("quokka") == []
    assert searching.COMMENTS.check()


def test_deleted_post_takes_its_comments_out_of_the_index():
    post = make_post()
    make_comment(post, body="quokka")

    post.delete()

    assert searching.with_words("quokka") == []


def test_index_is_in_step_when_an_account_is_deleted():
    member = make_user(display_name="Grace")
    comment = make_comment(member=member)

    member.delete()

    comment.refresh_from_db()
    assert (comment.member_id, comment.name) == (None, "Grace")
    assert searching.COMMENTS.check()
    assert searching.with_words("Grace") == [comment.pk]
