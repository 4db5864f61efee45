"""Not too many mails, none twice from several workers, and at what cost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.mail import delivery, notices
from comments.models import Notice, Status
from comments.tests.factories import make_comment
from comments.tests.letters import (
    an_hour_and_a_bit_later,
    approved_comment,
    limit,
    mails,
    make_address,
    make_subscription,
    recipients,
)
from posts.models import Post
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


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
    monkeypatch.setattr("comments.mail.delivery.MOST_IN_ONE_MAIL", 2)
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
    # Once more than is compared: what is remembered between mails is asked for in the first.
    for number in (1, 1, 3, 24):
        post = make_post()
        for _ in range(number):
            make_subscription(post)
        comment = make_comment(post)
        with CaptureQueriesContext(connection) as queries:
            notices.tell_subscribers.call(comment.pk)
        counts.append((len(queries), number))

    _first, one, three, many = (count for count, _number in counts)
    assert many - one == (three - one) / 2 * 23
    assert len(mails()) == 29
