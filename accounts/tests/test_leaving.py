"""Leaving: asked for, thought over, done as a whole or not at all."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import roles
from accounts.leaving import WAIT, asking, person_leaves, removing
from accounts.models import User
from accounts.periodic import remove_who_left
from accounts.tests.factories import make_user
from accounts.tests.recent import sign_in_just_now
from blogsite.audit import recording
from blogsite.audit.models import Event
from blogsite.outgoing.models import Message
from blogsite.pictures.tests.making import picture_bytes

pytestmark = pytest.mark.django_db

LEAVE = "/account/leave/"
STAY = "/account/leave/stay/"


@pytest.fixture
def ada(client):
    user = make_user(email="ada@example.org", display_name="Ada", handle="ada")
    sign_in_just_now(client, user)
    return user


@pytest.fixture
def heard():
    """What was said to the apps above."""
    calls = []

    def hear(sender, user, leaving, **kwargs):
        calls.append((user.pk, leaving))

    person_leaves.connect(hear)
    yield calls
    person_leaves.disconnect(hear)


def wait_is_over(user) -> None:
    User.objects.filter(pk=user.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))


def test_account_goes_after_the_wait_and_is_told_before_and_after(client, ada, heard):
    client.post(LEAVE, {"leaving": "remove"})

    ada.refresh_from_db()
    wait = ada.leaves_at - timezone.now()
    assert WAIT - timedelta(minutes=5) < wait <= WAIT
    remove_who_left()
    assert User.objects.filter(pk=ada.pk).exists()

    wait_is_over(ada)
    remove_who_left()

    assert not User.objects.filter(pk=ada.pk).exists()
    assert heard == [(ada.pk, "remove")]
    mails = Message.objects.filter(to="ada@example.org").order_by("pk")
    assert [mail.cause.partition(":")[0] for mail in mails] == ["leaving", "left"]
    assert f"{ada.leaves_at:%Y}" in mails[0].text


def test_choice_is_told_to_the_apps_above(ada, heard):
    asking.ask(ada, "anonymise")
    wait_is_over(ada)

    remove_who_left()

    assert heard == [(ada.pk, "anonymise")]


def test_leaving_asks_for_a_recent_sign_in(client):
    user = make_user(password="a long enough password")
    client.force_login(user)

    shown = client.get(LEAVE)
    sent = client.post(LEAVE, {"leaving": "remove"})

    user.refresh_from_db()
    assert user.leaves_at is None
    assert shown.status_code == sent.status_code == 302
    assert shown["Location"].startswith("/account/reauthenticate/")


def test_leaving_is_for_whoever_is_signed_in(client):
    assert client.get(LEAVE)["Location"].startswith("/account/login/")
    assert client.post(STAY)["Location"].startswith("/account/login/")


def test_nothing_happens_without_a_choice(client, ada):
    response = client.post(LEAVE, {"leaving": "everything"})

    ada.refresh_from_db()
    assert response.status_code == 200
    assert ada.leaves_at is None


def test_every_page_of_the_account_says_when_it_goes(client, ada):
    asking.ask(ada, "remove")

    for address in ["/account/", "/account/profile/", LEAVE]:
        assert "Your account will be removed on" in client.get(address).content.decode()
    assert client.get(STAY).status_code == 405


def test_whoever_stays_stays(client, ada):
    asking.ask(ada, "remove")

    client.post(STAY)
    wait_over = User.objects.filter(leaves_at__lte=timezone.now() + WAIT)

    ada.refresh_from_db()
    assert (ada.leaves_at, ada.leaving) == (None, "")
    assert not wait_over.exists()
    assert removing.remove(ada.pk) is False
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True))[-1] == (
        "accounts.stayed"
    )


def test_asking_again_changes_the_choice_and_not_the_day(ada):
    asking.ask(ada, "remove")
    day = ada.leaves_at

    asking.ask(ada, "anonymise")

    ada.refresh_from_db()
    assert (ada.leaves_at, ada.leaving) == (day, "anonymise")
    assert Message.objects.count() == 1


def test_page_shows_what_was_chosen(client, ada):
    asking.ask(ada, "remove")

    form = client.get(LEAVE).context["form"]

    assert form["leaving"].value() == "remove"


def test_last_administrator_cannot_leave(client, ada):
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)

    page = client.get(LEAVE).content.decode()
    client.post(LEAVE, {"leaving": "remove"})

    ada.refresh_from_db()
    assert "You are the only administrator" in page
    assert 'name="leaving"' not in page
    assert ada.leaves_at is None


def test_last_administrator_by_role_cannot_leave(ada):
    roles.give(ada, roles.ADMINISTRATOR)
    with pytest.raises(asking.LastAdministrator):
        asking.ask(ada, "remove")

    roles.give(make_user(), roles.ADMINISTRATOR)
    asking.ask(ada, "remove")

    assert ada.leaves_at


def test_editor_leaves_as_they_like(ada):
    roles.give(ada, roles.EDITOR)

    asking.ask(ada, "remove")

    assert ada.leaves_at


def test_administrator_whom_the_others_left_behind_waits(ada):
    powers = {"is_staff": True, "is_superuser": True}
    other = make_user(**powers)
    User.objects.filter(pk=ada.pk).update(**powers)
    ada.refresh_from_db()
    asking.ask(ada, "remove")
    wait_is_over(ada)
    other.delete()

    remove_who_left()

    assert User.objects.filter(pk=ada.pk).exists()


def test_everything_that_hangs_on_the_account_goes(client, ada):
    Authenticator.objects.create(user=ada, type="totp", data={})
    client.get("/account/")
    UserSession.objects.get_or_create(
        user=ada, session_key=client.session.session_key, defaults={"ip": "192.0.2.7"}
    )
    asking.ask(ada, "remove")
    wait_is_over(ada)

    remove_who_left()

    left = [Authenticator, UserSession, EmailAddress, Session]
    assert [model.objects.count() for model in left] == [0, 0, 0, 0]
    assert client.get("/account/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_picture_goes_with_the_account(client, ada, media_folder):
    picture = SimpleUploadedFile("me.png", picture_bytes())
    client.post("/account/profile/picture/", {"picture": picture})
    assert len(list(media_folder.rglob("*.webp"))) == 1
    asking.ask(ada, "remove")
    wait_is_over(ada)

    remove_who_left()

    assert list(media_folder.rglob("*.webp")) == []


def test_record_keeps_what_was_done_and_not_by_whom(ada):
    recording.record("accounts.signed_in", ada, actor=ada)
    asking.ask(ada, "remove")
    wait_is_over(ada)

    remove_who_left()

    events = Event.objects.order_by("pk")
    assert [event.verb for event in events if event.verb.startswith("accounts.")][-3:] == [
        "accounts.signed_in",
        "accounts.leaving",
        "accounts.left",
    ]
    told = events.filter(verb="accounts.signed_in").get()
    assert (told.actor, told.actor_name, told.target_name, told.device) == (
        None,
        "",
        "",
        "",
    )
    assert "Ada" not in str(list(events.values()))
    assert "ada@" not in str(list(events.values()))


def test_removal_that_fails_leaves_all_as_it_was_and_others_go(ada):
    bob = make_user(display_name="Bob")
    for user in [ada, bob]:
        asking.ask(user, "remove")
        wait_is_over(user)

    def fail(sender, user, **kwargs):
        if user.pk == ada.pk:
            raise OSError("disk full")

    person_leaves.connect(fail)
    before = User.objects.values().get(pk=ada.pk)
    with pytest.raises(RuntimeError, match=str(ada.pk)):
        remove_who_left()
    person_leaves.disconnect(fail)

    assert User.objects.values().get(pk=ada.pk) == before
    assert not Message.objects.filter(cause=f"left:{ada.pk}").exists()
    assert not User.objects.filter(pk=bob.pk).exists()
    remove_who_left()
    assert not User.objects.filter(pk=ada.pk).exists()


def test_address_is_free_again(ada):
    asking.ask(ada, "remove")
    wait_is_over(ada)
    remove_who_left()

    again = make_user(email="ada@example.org", handle="ada")

    assert again.pk != ada.pk
