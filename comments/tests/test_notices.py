"""Who hears of what, and how often: exactly once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from comments import delivery, moderation, notices
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
)
from posts import trash
from posts.models import Post
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def recipients() -> list[str]:
    return [message.to for message in mails()]


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


# --- Not too many -----------------------------------------------------------------


def test_above_the_limit_mails_come_together_later():
    limit(mails_an_hour=2)
    post = make_post()
    make_subscription(post)

    comments = [approved_comment(post) for _ in range(5)]
    notices.tell_what_waited()
    assert len(mails()) == 2
    an_hour_and_a_bit_later()
    notices.tell_what_waited()
    notices.tell_what_waited()

    told = mails()
    assert len(told) == 3
    assert [comment.permalink in told[2].text for comment in comments] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert told[2].subject == f"3 new comments on “{post.title}”"


def test_next_comment_brings_what_waited_with_it():
    limit(mails_an_hour=1)
    post = make_post()
    make_subscription(post)
    approved_comment(post)
    waited = approved_comment(post)
    an_hour_and_a_bit_later()

    new = approved_comment(post)

    assert len(mails()) == 2
    assert waited.permalink in mails()[1].text
    assert new.permalink in mails()[1].text


def test_limit_is_for_each_person():
    limit(mails_an_hour=1)
    post = make_post()
    make_subscription(post, "ada@example.org")
    approved_comment(post)
    make_subscription(post, "grace@example.org")

    approved_comment(post)

    assert recipients() == ["ada@example.org", "grace@example.org"]


def test_daily_limit_lets_the_rest_wait_for_tomorrow():
    limit(mails_an_hour=1, mails_a_day=2)
    post = make_post()
    make_subscription(post)
    for _ in range(4):
        approved_comment(post)
        an_hour_and_a_bit_later()
    notices.tell_what_waited()
    assert len(mails()) == 2

    for _ in range(24):
        an_hour_and_a_bit_later()
    notices.tell_what_waited()

    assert len(mails()) == 3
    assert "2 new comments" in mails()[2].subject


def test_digest_leaves_out_what_is_no_longer_wanted_or_seen():
    limit(mails_an_hour=1)
    post, muted = make_post(), make_post()
    subscription = make_subscription(post)
    make_subscription(muted, address=subscription.address)
    approved_comment(post)
    good, spam, unwanted = approved_comment(post), approved_comment(post), approved_comment(muted)
    moderation.mark_spam([spam], None)
    subscription.address.subscriptions.filter(post=muted).update(muted_at=timezone.now())
    an_hour_and_a_bit_later()

    notices.tell_what_waited()

    digest = mails()[1]
    assert good.permalink in digest.text
    assert spam.permalink not in digest.text
    assert unwanted.permalink not in digest.text


def test_very_long_digest_comes_in_parts(monkeypatch):
    monkeypatch.setattr("comments.delivery.MOST_IN_ONE_MAIL", 2)
    limit(mails_an_hour=1)
    post = make_post()
    make_subscription(post)
    comments = [approved_comment(post) for _ in range(6)]

    for _ in range(4):
        an_hour_and_a_bit_later()
        notices.tell_what_waited()

    texts = [message.text for message in mails()]
    assert len(texts) == 4
    assert [sum(comment.permalink in text for text in texts) for comment in comments] == [1] * 6


def test_notice_of_a_post_hidden_for_a_while_comes_when_it_is_back():
    limit(mails_an_hour=1)
    post = make_post()
    make_subscription(post)
    approved_comment(post)
    waited = approved_comment(post)
    an_hour_and_a_bit_later()
    published_at = post.published_at
    Post.objects.update(published_at=None)
    notices.tell_what_waited()
    assert len(mails()) == 1

    Post.objects.update(published_at=published_at)
    notices.tell_what_waited()

    assert waited.permalink in mails()[1].text


@pytest.mark.django_db(transaction=True)
def test_workers_that_tell_at_once_tell_each_person_once():
    limit(mails_an_hour=100, mails_a_day=100)
    post = make_post()
    for _ in range(12):
        make_subscription(post)
    comments = [make_comment(post) for _ in range(4)]

    def tell_of_all(first):
        for comment in comments[first:] + comments[:first]:
            notices.tell_subscribers.call(comment.pk)
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(tell_of_all, range(4)))

    told = Counter(
        (message.to, comment.pk)
        for message in mails()
        for comment in comments
        if comment.permalink in message.text
    )
    assert len(told) == 12 * 4
    assert set(told.values()) == {1}


def test_notice_that_can_never_be_sent_is_dropped_after_a_month():
    removed, waiting = make_comment(status=Status.REMOVED), make_comment()
    address = make_address()
    for comment in (removed, waiting):
        Notice.objects.create(address=address, comment=comment, kind=Notice.Kind.ANSWER)
    Notice.objects.filter(comment=removed).update(created_at=timezone.now() - timedelta(days=31))

    delivery.forget_unsent()

    assert Notice.objects.get().comment == waiting


# --- Cheap ------------------------------------------------------------------------


def test_approving_costs_one_job_whoever_listens(django_assert_num_queries):
    post = make_post()
    comment = make_comment(post, status=Status.PENDING)
    for _ in range(30):
        make_subscription(post)

    with django_assert_num_queries(1):
        notices.comment_approved(comment)


def test_working_out_whom_to_tell_costs_the_same_for_any_number():
    """All who are up to their limit, so that no mail is written."""
    limit(mails_an_hour=1)
    counts = []
    for number in (1, 3, 24):
        post = make_post()
        for _ in range(number):
            make_subscription(post)
        approved_comment(post)
        comment = make_comment(post)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            notices.tell_subscribers.call(comment.pk)
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_mail_costs_the_same_for_each_subscriber():
    counts = []
    for number in (1, 3, 24):
        post = make_post()
        for _ in range(number):
            make_subscription(post)
        comment = make_comment(post)
        with CaptureQueriesContext(connection) as queries:
            notices.tell_subscribers.call(comment.pk)
        counts.append((len(queries), number))

    each = (counts[1][0] - counts[0][0]) / 2
    assert counts[2][0] - counts[0][0] == each * 23
    assert len(mails()) == 28
