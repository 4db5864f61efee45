"""The record of one's own sign-ins."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user
from accounts.tests.second_steps import PASSWORD, give_app, give_recovery_codes, sign_in
from blogsite.audit.models import Event
from blogsite.audit.recording import acting_as, record
from blogsite.outgoing.models import Message

pytestmark = pytest.mark.django_db

PAGE = reverse("accounts:activity")


@pytest.fixture
def user():
    return make_user(email="ada@example.org", password=PASSWORD)


def sentences(client) -> list[str]:
    return [str(event.sentence) for event in client.get(PAGE).context["events"]]


def test_own_sign_ins_and_failures_are_listed(client, user):
    sign_in(Client(), user, "a wrong password")
    sign_in(client, user)

    assert sentences(client) == [
        "You signed in.",
        "Somebody tried to sign in and did not know the password or code.",
    ]
    assert "(password)" in client.get(PAGE).content.decode()


def test_events_of_others_are_not(client, user):
    other = make_user(email="eve@example.org", password=PASSWORD)
    sign_in(Client(), other)
    record("accounts.password_changed", other, actor=user)
    client.force_login(user)

    assert sentences(client) == []


def test_failure_is_recorded_alike_for_addresses_that_nobody_has(client, user):
    def cost_of(address):
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("account_login"), {"login": address, "password": "wrong"})
        return [query["sql"].split()[0] for query in queries]

    cost_of("somebody@example.org")
    known, unknown = cost_of("ada@example.org"), cost_of("nobody@example.org")

    assert known == unknown
    of_known, of_unknown = Event.objects.filter(verb="accounts.sign_in_failed")[:2][::-1]
    assert (of_known.target_id, of_unknown.target_id) == (str(user.pk), "")
    assert set(of_known.details) == set(of_unknown.details)


def test_event_holds_nothing_that_was_typed(client):
    client.post(
        reverse("account_login"), {"login": "my-secret@example.org", "password": "my-secret-word"}
    )

    event = Event.objects.get()
    assert "my-secret" not in str(vars(event))


def test_place_of_another_person_is_not_told(client, user):
    administrator = make_user(is_staff=True)
    client.force_login(user)
    Event.objects.create(
        verb="accounts.role_given",
        target_type="accounts.user",
        target_id=user.pk,
        actor=administrator,
        address="203.0.113.9",
    )
    with acting_as("manage.py reset_mfa"):
        record("accounts.second_step_removed", user)

    text = client.get(PAGE).content.decode()

    assert "by somebody who runs this site" in text
    assert "at the machine of this site" in text
    assert "203.0.113.9" not in text


def test_list_is_paged_at_a_constant_cost(client, user, django_assert_num_queries):
    sign_in(client, user)
    client.get(PAGE)  # what many pages need is remembered from then on
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for _number in range(40):
        record("accounts.signed_in", user, actor=user, by=["password"])

    with django_assert_num_queries(len(one)):
        first = client.get(PAGE)

    assert len(first.context["events"]) == 30
    assert len(client.get(f"{PAGE}?page=2").context["events"]) == 11


# --- Mails ------------------------------------------------------------------------------


def subjects() -> list[str]:
    return [message.subject for message in Message.objects.order_by("pk")]


def test_sign_in_with_a_new_browser_is_told_by_mail(client, user):
    sign_in(Client(), user)
    first = subjects()

    sign_in(client, user)

    assert first == []
    assert subjects() == ["A new sign-in at Blogsite"]
    message = Message.objects.get()
    assert message.to == "ada@example.org"
    assert "with a new browser" in message.text


def test_browser_that_is_known_is_not_told(client, user):
    sign_in(client, user)
    client.post(reverse("account_logout"))

    sign_in(client, user)

    assert subjects() == []


def test_recovery_code_that_is_used_is_told(client, user):
    give_app(user)
    code = give_recovery_codes(user)[0]
    sign_in(client, user)

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert "9 codes are left" in Message.objects.get().text
