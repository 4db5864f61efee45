"""Mail about comments for people with an account: no question by mail, and a page without a link."""

import pytest
from django.test import Client

from comments.mail import subscriptions
from comments.models import Address, Subscription
from comments.tests.letters import approved_comment, mails, make_subscription
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

OWN_MAIL = "/account/comment-mail/"


@pytest.fixture
def ada(client):
    user = make_user(email="Ada@example.org")
    client.force_login(user)
    return user


def test_wish_of_a_member_counts_at_once_and_asks_nothing(ada):
    post = make_post()
    subscriptions.subscribe("", post, member=ada)

    approved_comment(post, member=ada)
    approved_comment(post, name="Bob")

    assert Address.objects.get().confirmed_at
    assert [message.to for message in mails()] == ["ada@example.org"]
    assert "Bob" in mails()[0].subject + mails()[0].text


def test_guest_is_still_asked(ada):
    subscriptions.subscribe("guest@example.org", make_post())

    assert Address.objects.get().confirmed_at is None


def test_guest_who_types_the_address_of_a_member_confirms_nothing(ada):
    subscriptions.subscribe("ada@example.org", make_post())

    assert Address.objects.get().confirmed_at is None


def test_wish_from_before_counts_once_the_member_writes_again(ada):
    post = make_post()
    subscriptions.subscribe("ada@example.org", post)

    approved_comment(post, member=ada)

    assert Address.objects.get().confirmed_at
    assert list(mails()) == []


def test_member_who_said_stop_gets_no_mail_by_a_new_wish(ada):
    post = make_post()
    subscriptions.subscribe("", post, member=ada)
    subscriptions.stop_everything(Address.objects.get())

    subscriptions.subscribe("", make_post(), member=ada)
    approved_comment(post)

    assert Address.objects.get().stopped_at
    assert list(mails()) == []


def test_member_sees_and_ends_their_mail_without_a_link(client, ada):
    post = make_post(title="Quokkas")
    other = make_subscription(make_post(title="Wombats"), "other@example.org")
    subscriptions.subscribe("", post, member=ada)
    mine = Subscription.objects.get(address__email="ada@example.org")

    page = client.get(OWN_MAIL)
    client.post(OWN_MAIL, {"wish": "mute", "subscription": mine.pk})
    client.post(OWN_MAIL, {"wish": "end", "subscription": other.pk})
    mine.refresh_from_db()
    assert mine.muted_at
    client.post(OWN_MAIL, {"wish": "end", "subscription": mine.pk})

    assert "Quokkas" in page.content.decode()
    assert "Wombats" not in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert list(Subscription.objects.all()) == [other]


def test_look_at_the_page_stores_nothing(client, ada):
    page = client.get(OWN_MAIL)

    assert "There is nothing that you asked to hear of." in page.content.decode()
    assert not Address.objects.exists()


def test_buttons_need_the_token_of_the_session(ada):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    assert strict.post(OWN_MAIL, {"wish": "stop"}).status_code == 403
    assert not Address.objects.exists()


def test_page_is_for_whoever_is_signed_in_and_found_from_the_account(client, ada):
    start = client.get("/account/").content.decode()
    client.logout()

    assert f'href="{OWN_MAIL}"' in start
    assert client.get(OWN_MAIL)["Location"].startswith("/account/login/")
