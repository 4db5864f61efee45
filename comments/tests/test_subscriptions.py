"""Beginning to hear of comments: asked once, answered by the person, limited for all others."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from comments.mail import subscriptions
from comments.models import Address, Notice, Subscription
from comments.tests.factories import make_comment
from comments.tests.letters import (
    approved_comment,
    links_in,
    mails,
    make_address,
    make_subscription,
)
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

EMAIL = "ada@example.org"


def wish(post=None, email=EMAIL) -> Address:
    """Somebody's wish for all comments under a post, as the form stores it."""
    subscriptions.subscribe(email, post or make_post())
    return Address.objects.get(email=email.lower())


def a_day_later() -> None:
    for address in Address.objects.exclude(asked_at=None):
        address.asked_at -= timedelta(hours=25)
        address.save()


# --- The wish ---------------------------------------------------------------------


def test_wish_is_kept_once():
    post = make_post()
    wish(post, "Ada@Example.org")
    wish(post, "ada@example.org")

    assert [address.email for address in Address.objects.all()] == ["ada@example.org"]
    assert Subscription.objects.count() == 1


def test_wish_for_answers_is_for_the_whole_thread():
    root = make_comment()
    answer = make_comment(parent=make_comment(parent=root))

    subscriptions.subscribe(EMAIL, root.post, thread=answer)

    assert Subscription.objects.get().thread == root


def test_wish_of_a_member_is_for_their_own_address():
    member = make_user(email="Member@Example.org")

    subscriptions.subscribe("somebody@else.example", make_post(), member=member)

    assert Address.objects.get().email == "member@example.org"


@pytest.mark.parametrize(
    "email", ["", "   ", "nobody", "a@b@c", "a\r\nBcc: x@example.org", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_passed_over(email):
    subscriptions.subscribe(email, make_post())

    assert not Address.objects.exists()


def test_member_without_an_email_is_passed_over():
    subscriptions.subscribe("", make_post(), member=make_user(email=None))

    assert not Address.objects.exists()


def test_wish_costs_the_same_for_known_and_unknown(django_assert_num_queries):
    """Whoever types an address cannot tell from the answer's time whether we know it."""
    post = make_post()
    make_subscription(post, "known@example.org")

    for email in ["known@example.org", "unknown@example.org"]:
        with django_assert_num_queries(3):
            subscriptions.subscribe(email, post)


# --- The question -----------------------------------------------------------------


def test_question_goes_out_when_the_comment_is_approved():
    post = make_post()
    wish(post)
    assert mails() == []

    approved_comment(post, email="ADA@example.org")

    [message] = mails(EMAIL)
    assert message.subject == "May Blogsite send you mail?"


def test_no_question_without_a_comment_that_readers_see():
    """Or the form would be a way to send mail to strangers."""
    post = make_post()
    wish(post)

    approved_comment(post, email="other@example.org")

    assert mails() == []


def test_question_holds_nothing_that_the_commenter_typed():
    post = make_post()
    wish(post)

    approved_comment(post, email=EMAIL, name="Cheap Pills", body="pills.example", site="")

    [message] = mails()
    whole = str(vars(message)).lower()
    assert "pills" not in whole
    assert "ada@example.org" in whole


def test_question_is_asked_once_a_day_and_three_times_in_all():
    post = make_post()
    wish(post)
    approved_comment(post, email=EMAIL)
    approved_comment(post, email=EMAIL)
    assert len(mails()) == 1

    for _ in range(4):
        a_day_later()
        approved_comment(post, email=EMAIL)

    assert len(mails()) == 3


def test_nobody_is_asked_who_answered_or_wished_for_nothing():
    post = make_post()
    make_subscription(post, address=make_address("yes@example.org"))
    stopped = make_address("no@example.org", confirmed_at=None, stopped_at=timezone.now())
    make_subscription(post, address=stopped)

    for email in ["yes@example.org", "no@example.org", "nothing@example.org"]:
        approved_comment(make_post(), email=email)

    assert mails() == []


# --- The answer -------------------------------------------------------------------


def ask() -> tuple[Address, str]:
    """Somebody who was just asked, and the path of their link."""
    post = make_post()
    address = wish(post)
    approved_comment(post, email=EMAIL)
    return address, links_in(mails()[0])[0]


def test_link_in_the_question_asks_once_more_and_a_post_says_yes(client):
    address, path = ask()

    client.get(path)
    client.head(path)
    address.refresh_from_db()
    assert address.confirmed_at is None
    response = client.post(path)

    assert response.status_code == 200
    address.refresh_from_db()
    assert address.confirmed_at is not None


def test_yes_said_twice_is_said_once(client):
    address, path = ask()
    client.post(path)
    address.refresh_from_db()
    first = address.confirmed_at

    client.post(path)

    address.refresh_from_db()
    assert address.confirmed_at == first


def test_mail_comes_after_the_yes_and_not_before(client):
    address, path = ask()
    post = address.subscriptions.get().post
    approved_comment(post)
    assert len(mails()) == 1

    client.post(path)
    approved_comment(post)

    assert len(mails()) == 2


def test_link_in_the_question_works_for_a_week(client, monkeypatch):
    address, path = ask()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + timedelta(days=6, hours=23).total_seconds())
    assert client.get(path).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + timedelta(days=7, hours=1).total_seconds())

    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    address.refresh_from_db()
    assert address.confirmed_at is None


def test_whoever_was_asked_by_mistake_is_never_asked_again(client):
    address, _path = ask()

    client.post(links_in(mails()[0])[1])
    a_day_later()
    approved_comment(address.subscriptions.get().post, email=EMAIL)

    assert len(mails()) == 1


# --- Forgetting -------------------------------------------------------------------


def test_addresses_that_never_answered_are_forgotten():
    long_ago = timezone.now() - timedelta(days=91)
    old = {"created_at": long_ago}
    make_subscription(make_post(), address=make_address(confirmed_at=None, **old))
    make_address(confirmed_at=None, asked_at=long_ago, **old)
    kept = [
        make_address(**old),
        make_address(confirmed_at=None),
        make_address(confirmed_at=None, asked_at=timezone.now(), **old),
        make_address(confirmed_at=None, stopped_at=timezone.now(), **old),
        make_address(confirmed_at=None, waiting_stopped_at=timezone.now(), **old),
        make_address(confirmed_at=None, **old),
    ]
    Notice.objects.create(address=kept[-1], comment=make_comment(), kind=Notice.Kind.WAITING)

    assert subscriptions.forget_unanswered() == 2

    assert list(Address.objects.order_by("pk")) == kept
    assert subscriptions.forget_unanswered() == 0
