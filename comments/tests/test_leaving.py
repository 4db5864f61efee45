"""What becomes of comments, and of mail about them, when their author leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.leaving import asking, removing
from accounts.models import User
from blogsite.audit import recording
from blogsite.audit.models import Event
from comments import moderation
from comments.mail import subscriptions
from comments.models import Address, Comment, Discussion, SpamToken, Standing, Status
from comments.tests.factories import make_comment
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user(email="ada@example.org", display_name="Ada Lovelace")


def leave(user, choice) -> None:
    asking.ask(user, choice)
    User.objects.filter(pk=user.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))
    removing.remove_due()
    assert not User.objects.filter(pk=user.pk).exists()


def test_anonymised_comment_keeps_its_words_and_no_name(client, ada):
    comment = make_comment(member=ada, body="Words that *stay*.", address_key="a" * 8)

    leave(ada, "anonymise")

    page = client.get(comment.post.get_absolute_url()).content.decode()
    comment.refresh_from_db()
    assert "Words that <em>stay</em>." in page
    assert "Somebody who left" in page
    assert "Ada" not in page
    kept = (comment.member, comment.email, comment.site, comment.address_key, comment.status)
    assert kept == (None, "", "", "", Status.APPROVED)


def test_removed_comments_go_and_leave_a_place_where_others_answered(client, ada):
    post = make_post()
    alone = make_comment(post, member=ada, body="Alone.")
    answered = make_comment(post, member=ada, body="Answered.")
    answer = make_comment(parent=answered, body="An answer.")
    last = make_comment(parent=answer, member=ada, body="The last word.")
    own = make_comment(post, member=ada, body="To myself.")
    make_comment(parent=own, member=ada, body="My own answer.")

    leave(ada, "remove")

    page = client.get(post.get_absolute_url()).content.decode()
    assert sorted(Comment.objects.values_list("pk", flat=True)) == [answered.pk, answer.pk]
    assert "This comment was removed." in page
    for comment in [alone, answered, last, own]:
        assert comment.body not in page
    assert "An answer." in page
    stub = Comment.objects.get(pk=answered.pk)
    assert (stub.status, stub.body, stub.body_html, stub.member, stub.name) == (
        Status.REMOVED,
        "",
        "",
        None,
        "",
    )
    discussion = Discussion.objects.get(post=post)
    assert (discussion.approved_count, discussion.thread_count, discussion.newest_key) == (
        1,
        1,
        answer.pk,
    )


@pytest.mark.parametrize("choice", ["anonymise", "remove"])
def test_comments_of_others_stay_as_they_are(ada, choice):
    others = [make_comment(), make_comment(member=make_user())]
    make_comment(member=ada)
    before = list(Comment.objects.filter(pk__in=[c.pk for c in others]).order_by("pk").values())

    leave(ada, choice)

    assert list(Comment.objects.filter(member=None, name="").values()) == []
    found = Comment.objects.filter(pk__in=[comment.pk for comment in others]).order_by("pk")
    assert list(found.values()) == before


@pytest.mark.parametrize("choice", ["anonymise", "remove"])
def test_filter_keeps_what_it_learnt(ada, choice):
    moderator = make_user(is_staff=True)
    comment = make_comment(member=ada, body="Buy cheap pills now", status=Status.PENDING)
    moderation.mark_spam([comment], moderator)
    learnt = list(SpamToken.objects.order_by("key").values())
    assert learnt

    leave(ada, choice)

    assert list(SpamToken.objects.order_by("key").values()) == learnt


@pytest.mark.parametrize("choice", ["anonymise", "remove"])
def test_nothing_that_tells_of_the_person_stays(ada, choice):
    comment = make_comment(member=ada)
    make_comment(parent=comment)
    recording.record("comments.approved", comment)
    subscriptions.subscribe("", comment.post, member=ada)
    Standing.objects.create(of="member", value=str(ada.pk), verdict="trusted")
    Standing.objects.create(of="email", value="ada@example.org", verdict="trusted")

    leave(ada, choice)

    assert not Address.objects.exists()
    assert not Standing.objects.exists()
    assert "Ada" not in str(list(Event.objects.values()))


def test_ban_of_an_address_outlives_the_account(ada):
    ban = Standing.objects.create(of="email", value="ada@example.org", verdict="banned")

    leave(ada, "remove")

    assert list(Standing.objects.all()) == [ban]


def test_name_stays_where_an_administrator_deletes_the_account(ada):
    """Nobody was asked, so what readers see stays as it is."""
    comment = make_comment(member=ada)

    ada.delete()

    comment.refresh_from_db()
    assert (comment.member, comment.name) == (None, "Ada Lovelace")
