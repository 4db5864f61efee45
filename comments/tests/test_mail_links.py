"""The pages behind the links in mails: for one person each, and only POST acts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from comments.mail import notices
from comments.models import Notice, Subscription
from comments.tests.factories import make_comment
from comments.tests.letters import (
    approved_comment,
    everything_link,
    mails,
    make_address,
    make_subscription,
    manage,
    stop_link,
    stop_path,
)
from posts.models import Post
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    [main] = fromstring(response.content.decode()).xpath("//main")
    return " ".join(main.text_content().split())


# --- One click --------------------------------------------------------------------


def test_one_click_ends_one_subscription_of_one_person():
    """As a mail program posts: no cookie, no page seen before, an Origin from anywhere."""
    post = make_post()
    mine = make_subscription(post, "ada@example.org")
    elsewhere = make_subscription(make_post(), address=mine.address)
    others = make_subscription(post, "grace@example.org")
    approved_comment(post)
    program = Client(enforce_csrf_checks=True)

    response = program.post(
        stop_path(mails("ada@example.org")[0]),
        {"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    )

    assert response.status_code == 200
    assert not response.cookies
    assert set(Subscription.objects.all()) == {elsewhere, others}
    approved_comment(post)
    assert len(mails("ada@example.org")) == 1
    assert len(mails("grace@example.org")) == 2


def test_one_click_may_be_repeated(client):
    path = stop_link(make_subscription(make_post()))

    answers = [client.post(path, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "multipart/form-data"])
def test_one_click_does_not_mind_an_odd_body(client, content_type):
    subscription = make_subscription(make_post())

    client.post(stop_link(subscription), b"\xff\0 odd", content_type=content_type)

    assert not Subscription.objects.exists()


def test_looking_at_the_stop_page_stops_nothing(client):
    subscription = make_subscription(make_post())

    assert client.get(stop_link(subscription)).status_code == 200
    client.head(stop_link(subscription))

    assert Subscription.objects.get() == subscription


def test_end_of_a_whole_post_ends_its_threads(client):
    root = make_comment()
    whole = make_subscription(root.post)
    make_subscription(root.post, address=whole.address, thread=root)
    approved_comment(parent=root)

    client.post(stop_path(mails()[0]))
    approved_comment(parent=root)

    assert len(mails()) == 1


def test_end_of_a_thread_leaves_the_rest(client):
    root = make_comment()
    thread = make_subscription(root.post, thread=root)
    other = make_subscription(root.post, address=thread.address, thread=make_comment(root.post))

    client.post(stop_link(thread))

    assert Subscription.objects.get() == other


def test_stop_takes_back_what_waits_for_a_digest(client):
    subscription = make_subscription(make_post())
    comment = make_comment(subscription.post)
    Notice.objects.create(address=subscription.address, comment=comment, kind="answer")

    client.post(stop_link(subscription))
    make_subscription(subscription.post, address=subscription.address)
    notices.tell_what_waited()

    assert mails() == []


@pytest.mark.parametrize("kind", ["post", "thread", "everything"])
def test_stop_takes_back_what_waits_for_the_mail_server(client, kind):
    root = make_comment()
    mine = make_subscription(root.post, thread=root if kind == "thread" else None)
    other = make_subscription(make_post(), address=mine.address)
    grace = make_subscription(root.post, "grace@example.org")
    for comment in (make_comment(parent=root), make_comment(other.post)):
        notices.tell_subscribers.call(comment.pk)

    client.post(stop_link(mine) if kind != "everything" else everything_link(mine.address))
    run_until_idle()

    sent = [message.to for message in mails() if message.state == Message.State.SENT]
    kept = [] if kind == "everything" else [mine.address.email]
    assert sorted(sent) == sorted([*kept, grace.address.email])


def test_end_of_a_thread_keeps_what_the_whole_post_brings(client):
    root = make_comment()
    whole = make_subscription(root.post)
    thread = make_subscription(root.post, address=whole.address, thread=root)
    notices.tell_subscribers.call(make_comment(parent=root).pk)

    client.post(stop_link(thread))
    run_until_idle()

    assert [message.state for message in mails()] == [Message.State.SENT]


def test_stop_everything_is_for_one_person(client):
    post = make_post()
    mine, others = make_subscription(post), make_subscription(post, "grace@example.org")

    client.post(everything_link(mine.address))
    approved_comment(post)

    assert [message.to for message in mails()] == ["grace@example.org"]
    assert Subscription.objects.count() == 2
    others.address.refresh_from_db()
    assert others.address.stopped_at is None


# --- The page of all that one gets ------------------------------------------------


def test_page_shows_what_one_person_gets(client):
    root = make_comment(make_post(title="Mine"), name="Ada")
    mine = make_subscription(root.post, thread=root)
    make_subscription(make_post(title="Not mine"), "grace@example.org")

    text = text_of(client.get(manage(mine.address)))

    assert "The thread begun by Ada under Mine" in text
    assert mine.address.email in text
    assert "Not mine" not in text
    assert "grace" not in text


def test_page_tells_nothing_of_what_readers_cannot_see(client):
    hidden, held = make_subscription(make_post(title="Secret plan")), make_comment(name="Mallory")
    make_subscription(held.post, address=hidden.address, thread=held)
    Post.objects.filter(pk=hidden.post_id).update(published_at=None)
    type(held).objects.update(status="removed")

    text = text_of(client.get(manage(hidden.address)))
    stop_text = text_of(client.get(stop_link(hidden)))

    assert "A post that is not to be read at present" in text
    assert "Secret" not in text + stop_text
    assert "Mallory" not in text


def test_mute_and_unmute(client):
    subscription = make_subscription(make_post())
    path = manage(subscription.address)

    client.post(path, {"wish": "mute", "subscription": subscription.pk})
    approved_comment(subscription.post)
    assert mails() == []
    response = client.post(path, {"wish": "unmute", "subscription": subscription.pk})
    approved_comment(subscription.post)

    assert response.status_code == 303
    assert response["Location"] == path
    assert len(mails()) == 1


def test_end_stop_and_start_again(client):
    address = make_address()
    ended, kept = (make_subscription(make_post(), address=address) for _ in range(2))
    path = manage(address)

    client.post(path, {"wish": "end", "subscription": ended.pk})
    assert list(address.subscriptions.all()) == [kept]
    client.post(path, {"wish": "stop"})
    approved_comment(kept.post)
    assert mails() == []
    client.post(path, {"wish": "start"})
    approved_comment(kept.post)

    assert len(mails()) == 1


@pytest.mark.parametrize("key", ["", "0", "x", "-1", "9" * 30, "٣", "1\0"])
def test_odd_wishes_change_nothing(client, key):
    subscription = make_subscription(make_post())

    for wish in ["end", "mute", "delete", ""]:
        response = client.post(manage(subscription.address), {"wish": wish, "subscription": key})
        assert response.status_code == 303

    assert Subscription.objects.get().muted_at is None


def test_nobody_changes_the_subscription_of_another(client):
    mine, others = make_subscription(make_post()), make_subscription(make_post())

    client.post(manage(mine.address), {"wish": "end", "subscription": others.pk})

    assert set(Subscription.objects.all()) == {mine, others}


def test_page_costs_the_same_for_any_number(client):
    counts = []
    for number in (1, 3, 30):
        address = make_address()
        for _ in range(number):
            root = make_comment()
            make_subscription(root.post, address=address, thread=root)
        client.get(manage(address))  # what is remembered between requests is asked for once
        with CaptureQueriesContext(connection) as queries:
            client.get(manage(address))
        counts.append(len(queries))

    assert len(set(counts)) == 1
