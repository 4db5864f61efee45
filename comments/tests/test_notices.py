"""Who hears of what, and how often: exactly once."""

import pytest
from django.db import transaction
from django.utils import timezone

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from comments import moderation
from comments.mail import notices
from comments.models import Notice, Status
from comments.tests.factories import make_comment
from comments.tests.letters import (
    an_hour_and_a_bit_later,
    approve,
    approved_comment,
    limit,
    mails,
    make_address,
    make_subscription,
    recipients,
)
from posts import trash
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


# --- Who hears --------------------------------------------------------------------


def test_subscriber_hears_of_a_new_comment():
    post = make_post()
    make_subscription(post, "ada@example.org")

    comment = approved_comment(post)

    [message] = mails()
    assert message.to == "ada@example.org"
    assert message.state == Message.State.SENT
    assert comment.permalink in message.text


def test_only_the_thread_that_was_asked_for_is_heard_of():
    root, other = make_comment(), make_comment()
    make_subscription(root.post, "thread@example.org", thread=root)
    make_subscription(root.post, "post@example.org")
    make_subscription(other.post, "elsewhere@example.org")

    approved_comment(parent=root)
    approved_comment(root.post)

    assert sorted(recipients()) == ["post@example.org", "post@example.org", "thread@example.org"]


def test_answer_deep_in_a_thread_is_heard_of():
    root = make_comment()
    make_subscription(root.post, "ada@example.org", thread=root)

    approved_comment(parent=make_comment(parent=root))

    assert recipients() == ["ada@example.org"]


def test_nobody_hears_of_a_comment_that_is_not_approved():
    post = make_post()
    make_subscription(post)
    comment = make_comment(post, status=Status.PENDING)

    moderation.mark_spam([comment], None)
    run_until_idle()

    assert mails() == []


def test_unconfirmed_and_stopped_addresses_get_nothing():
    post = make_post()
    make_subscription(post, address=make_address(confirmed_at=None))
    make_subscription(post, address=make_address(stopped_at=timezone.now()))

    approved_comment(post)

    assert mails() == []
    assert not Notice.objects.exists()


@pytest.mark.parametrize("spelling", ["ada@example.org", "Ada@Example.ORG"])
def test_nobody_hears_of_their_own_comment(spelling):
    post = make_post()
    make_subscription(post, "ada@example.org")

    approved_comment(post, email=spelling)

    assert mails() == []


def test_member_does_not_hear_of_their_own_comment():
    member = make_user(email="Member@example.org")
    post = make_post()
    make_subscription(post, "member@example.org")

    approved_comment(post, member=member)

    assert mails() == []


def test_muted_thread_is_silent_also_for_who_follows_the_whole_post():
    root = make_comment()
    whole = make_subscription(root.post)
    make_subscription(root.post, address=whole.address, thread=root, muted_at=timezone.now())

    approved_comment(parent=root)

    assert mails() == []


def test_thread_is_heard_of_while_the_post_is_muted():
    root = make_comment()
    whole = make_subscription(root.post, muted_at=timezone.now())
    make_subscription(root.post, address=whole.address, thread=root)

    approved_comment(parent=root)
    approved_comment(root.post)

    assert len(mails()) == 1


def test_two_wishes_that_fit_make_one_mail():
    root = make_comment()
    whole = make_subscription(root.post)
    make_subscription(root.post, address=whole.address, thread=root)

    approved_comment(parent=root)

    assert len(mails()) == 1


def test_nobody_hears_once_the_post_is_gone():
    post = make_post()
    make_subscription(post)
    comment = make_comment(post, status=Status.PENDING)
    moderation.approve([comment], None)
    trash.move_to_trash(post, by=None)

    run_until_idle()

    assert mails() == []


def test_nobody_hears_when_the_approval_is_taken_back_at_once():
    post = make_post()
    make_subscription(post)
    comment = make_comment(post, status=Status.PENDING)
    moderation.approve([comment], None)
    moderation.hold([comment], None)

    run_until_idle()

    assert mails() == []


# --- Once -------------------------------------------------------------------------


def test_comment_approved_again_is_told_once():
    post = make_post()
    make_subscription(post)
    comment = approved_comment(post)

    moderation.hold([comment], None)
    approve(comment)
    notices.tell_subscribers.call(comment.pk)

    assert len(mails()) == 1


def test_comment_held_before_its_mail_is_told_when_approved_again():
    post = make_post()
    make_subscription(post)
    limit(mails_an_hour=1)
    approved_comment(post)
    held = approved_comment(post)
    moderation.hold([held], None)
    an_hour_and_a_bit_later()
    notices.tell_what_waited()
    assert len(mails()) == 1

    approve(held)

    assert len(mails()) == 2


def test_approval_that_is_rolled_back_tells_nobody():
    post = make_post()
    make_subscription(post)
    comment = make_comment(post, status=Status.PENDING)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        moderation.approve([comment], None)
        raise ZeroDivisionError
    run_until_idle()

    assert mails() == []


# --- What nobody should hear any more ---------------------------------------------


def test_mail_that_waits_is_taken_back_with_its_comment_and_comes_with_it_again():
    post, moderator = make_post(), make_user()
    make_subscription(post, "ada@example.org")
    comment = make_comment(post, status=Status.PENDING)
    moderation.approve([comment], moderator)
    tell(comment)
    assert [message.state for message in mails()] == [Message.State.QUEUED]

    moderation.mark_spam([comment], moderator)
    run_until_idle()
    assert mails() == []

    moderation.approve([comment], moderator)
    run_until_idle()
    assert [message.state for message in mails()] == [Message.State.SENT]


def test_mail_that_went_out_is_not_sent_again_with_its_comment():
    post, moderator = make_post(), make_user()
    make_subscription(post, "ada@example.org")
    comment = approved_comment(post)

    moderation.mark_spam([comment], moderator)
    moderation.approve([comment], moderator)
    run_until_idle()

    assert [message.state for message in mails()] == [Message.State.SENT]


def tell(comment):
    """Work out who hears of it, as the worker does first; the mails themselves wait."""
    notices.tell_subscribers.call(comment.pk)
