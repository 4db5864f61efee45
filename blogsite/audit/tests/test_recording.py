"""What is written down, and what can never be."""

import logging
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from accounts.tests.factories import make_user
from blogsite.audit import forgetting, periodic, recording
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked_by():
    """Record within a request, as a view does: `asked_by(user, verb, target, **headers)`."""

    def ask(user, verb, target=None, **headers):
        request = RequestFactory(REMOTE_ADDR="203.0.113.9").post("/", headers=headers)
        request.user = user
        view = recording.remember_request(lambda request: recording.record(verb, target))
        return view(request)

    return ask


def test_event_says_who_what_when_and_from_where(asked_by, caplog):
    ada, bo = make_user(display_name="Ada"), make_user(display_name="Bo")
    before = timezone.now()

    with caplog.at_level(logging.INFO, logger="blogsite.audit"):
        asked_by(ada, "accounts.role_given", bo, user_agent="Firefox")

    event = Event.objects.get()
    assert before <= event.at <= timezone.now()
    assert (event.actor, event.actor_name, event.address) == (ada, "Ada", "203.0.113.9")
    assert (event.target_type, event.target_id, event.target_name) == (
        "accounts.user",
        str(bo.pk),
        "Bo",
    )
    assert event.device == "Firefox"
    assert caplog.messages == [
        f"user {ada.pk} accounts.role_given accounts.user {bo.pk} from 203.0.113.9"
    ]


def test_command_is_named_in_place_of_a_person():
    with recording.acting_as("manage.py purge_trash"):
        recording.record("posts.purged", count=3)

    event = Event.objects.get()
    assert (event.actor, event.actor_name, event.address) == (None, "manage.py purge_trash", None)
    assert event.details == {"count": 3}


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\u2028", "\0", "\x1b"])
def test_names_and_browsers_forge_no_line(asked_by, caplog, sign):
    forger = make_user(display_name="Eve")
    forger.display_name = f"Eve{sign}2026-01-01 INFO user 1 left" + "x" * 300

    with caplog.at_level(logging.INFO, logger="blogsite.audit"):
        asked_by(
            forger, "accounts.exported", forger, user_agent=f"Fox{sign}user 1 left" + "y" * 300
        )

    event = Event.objects.get()
    for text in (event.actor_name, event.target_name, event.device):
        assert sign not in text
        assert len(text) <= 200
    assert "left" not in caplog.text


def test_event_of_what_was_rolled_back_is_not_kept():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        recording.record("posts.purged")
        raise ZeroDivisionError

    assert not Event.objects.exists()


def test_written_event_is_neither_changed_nor_deleted():
    event = recording.record("posts.purged")
    event.verb = "posts.nothing"

    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="posts.nothing"),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(TypeError, match="written once"), transaction.atomic():
            change()
    assert Event.objects.get().verb == "posts.purged"


def aged(days, **columns):
    return Event.objects.create(verb="posts.purged", at=timezone.now() - timedelta(days), **columns)


def test_old_addresses_are_forgotten_and_older_events_purged():
    traces = {"address": "203.0.113.9", "device": "Firefox", "actor_name": "Ada"}
    new, old, older = aged(179, **traces), aged(181, **traces), aged(731, **traces)

    periodic.forget_where_things_were_done()
    periodic.purge_old_events()

    kept = {
        event.pk: (event.address, event.device, event.actor_name) for event in Event.objects.all()
    }
    assert kept == {new.pk: ("203.0.113.9", "Firefox", "Ada"), old.pk: (None, "", "Ada")}
    assert older.pk not in kept


def test_person_who_left_is_named_nowhere(asked_by):
    ada, bo = make_user(display_name="Ada"), make_user(display_name="Bo")
    did = asked_by(ada, "accounts.signed_in", ada, user_agent="Firefox")
    suffered = asked_by(bo, "accounts.role_given", ada)
    other = asked_by(bo, "accounts.signed_in", bo)

    forgetting.forget_person(ada)
    ada.delete()

    rows = Event.objects.order_by("pk").values_list("verb", "actor_name", "target_name", "address")
    assert list(rows) == [
        (did.verb, "", "", None),
        (suffered.verb, "Bo", "", None),
        (other.verb, "Bo", "Bo", "203.0.113.9"),
    ]
