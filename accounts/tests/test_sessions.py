"""Where somebody is signed in, and what ends it."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.sessions import tracking
from accounts.tests.factories import make_user
from accounts.tests.second_steps import PASSWORD, sign_in, sign_in_recently
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
LIST = reverse("usersessions_list")


@pytest.fixture
def user():
    return make_user(email="ada@example.org", password=PASSWORD)


@pytest.fixture
def other(user):
    """Another browser of the same person."""
    browser = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="192.0.2.7")
    sign_in(browser, user)
    return browser


@pytest.fixture
def here(client, user):
    sign_in(client, user)
    return client


def is_in(client) -> bool:
    return client.get(reverse("accounts:home")).status_code == 200


def test_list_names_the_browsers_this_one_first(other, here):
    sessions = here.get(LIST).context["sessions"]
    text = here.get(LIST).content.decode()

    assert [row.is_this for row in sessions] == [True, False]
    assert "Firefox on Linux" in text
    assert "192.0.2.7" in text


def test_one_session_is_ended(other, here):
    row = UserSession.objects.get(ip="192.0.2.7")

    here.post(reverse("usersessions_end", args=[row.pk]))

    assert is_in(here)
    assert not is_in(other)
    assert Event.objects.get(verb="accounts.session_ended").details == {"count": 1}


def test_others_are_signed_out_and_this_one_goes_on_under_a_new_key(other, here):
    key = here.session.session_key

    response = here.post(reverse("usersessions_end_others"), follow=True)

    assert "One other browser is signed out." in response.content.decode()
    assert here.session.session_key != key
    assert is_in(here)
    assert not is_in(other)
    assert len(here.get(LIST).context["sessions"]) == 1


def test_session_of_another_person_cannot_be_ended(here):
    stranger = Client()
    sign_in(stranger, make_user(email="eve@example.org", password=PASSWORD))
    row = UserSession.objects.get(user__email="eve@example.org")

    here.post(reverse("usersessions_end", args=[row.pk]))

    assert is_in(stranger)


def test_ending_asks_who_it_is_where_the_sign_in_was_long_ago(other, here):
    session = here.session
    session["account_authentication_methods"][0]["at"] = time.time() - 16 * 60
    session.save()

    response = here.post(reverse("usersessions_end_others"))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(other)

    # Once it is shown, what was interrupted goes on.
    here.post(response["Location"], {"password": PASSWORD})
    assert not is_in(other)


def test_signing_out_forgets_the_session(here):
    key = here.session.session_key

    here.post(reverse("account_logout"))

    assert not UserSession.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert Event.objects.filter(verb="accounts.signed_out").exists()


# --- What ends sessions -----------------------------------------------------------------


def test_new_password_signs_the_others_out(other, here):
    key = here.session.session_key

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another long sentence of words"},
    )

    assert here.session.session_key != key
    assert is_in(here)
    assert not is_in(other)
    assert len(here.get(LIST).context["sessions"]) == 1


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_new_powers_end_sessions(here, user, power):
    setattr(user, power, True)
    user.save()

    assert not is_in(here)
    assert not UserSession.objects.exists()


def test_new_role_ends_sessions(here, user):
    user.groups.add(Group.objects.create(name="Readers"))

    assert not is_in(here)


def test_role_taken_at_the_side_of_the_group_ends_sessions(user):
    group = Group.objects.create(name="Readers")
    group.user_set.add(user)
    client = Client()
    sign_in(client, user)

    group.user_set.remove(user)

    assert not is_in(client)


def test_deactivated_person_is_out_at_once(here, user):
    user.is_active = False
    user.save()

    assert not is_in(here)


def test_other_changes_end_nothing(here, user):
    user.display_name = "Ada L."
    user.save()
    user.groups.set([])

    assert is_in(here)


# --- How long they last, and what is written ---------------------------------------------


def test_session_is_for_this_visit_unless_asked_to_stay(user):
    short, long = Client(), Client()
    sign_in(short, user)
    data = {"login": user.email, "password": PASSWORD, "remember": "on"}
    long.post(reverse("account_login"), data)

    assert short.cookies["sessionid"]["expires"] == ""
    assert short.session.get_expiry_age() == 12 * 60 * 60
    assert int(long.cookies["sessionid"]["max-age"]) == 30 * 24 * 60 * 60


def test_session_ends_after_three_months_however_often_it_is_used(user):
    browser = Client()
    data = {"login": user.email, "password": PASSWORD, "remember": "on"}
    browser.post(reverse("account_login"), data)
    session = browser.session
    session[tracking.SINCE_KEY] -= 90 * 24 * 60 * 60 - 3600  # an hour is left
    session[tracking.SEEN_KEY] = 0
    session.save()

    assert is_in(browser)

    assert browser.session.get_expiry_age() <= 3600
    assert Session.objects.get().expire_date <= timezone.now() + timedelta(hours=1)


def test_new_sign_in_begins_the_three_months_anew(here, user):
    session = here.session
    session[tracking.SINCE_KEY] = 0
    session.save()

    here.post(reverse("account_logout"))
    sign_in(here, user)

    assert here.session[tracking.SINCE_KEY] > 0
    assert is_in(here)


def test_key_is_new_after_signing_in(client, user):
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    sign_in(client, user)

    assert client.session.session_key != before


def test_key_is_new_after_proving_again_who_one_is(here):
    before = here.session.session_key

    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert here.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert UserSession.objects.get().session_key == here.session.session_key
    assert is_in(here)


def test_being_there_is_written_from_time_to_time_only(here):
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    here.get(reverse("accounts:home"))
    at_once = UserSession.objects.get().last_seen_at
    session = here.session
    session["seen_at"] -= 5 * 60
    session.save()

    here.get(reverse("accounts:home"))

    assert at_once < timezone.now() - timedelta(hours=23)
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


def test_most_requests_write_nothing(here):
    with CaptureQueriesContext(connection) as queries:
        here.get(reverse("accounts:home"))

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_visitor_without_session_costs_no_query_more(client):
    client.get("/archive/")

    response = client.get("/archive/")

    assert "sessionid" not in response.cookies
    assert not Session.objects.exists()


def test_sessions_that_ran_out_are_forgotten_with_their_addresses(here, other):
    ended = UserSession.objects.get(ip="192.0.2.7")
    Session.objects.filter(session_key=ended.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=13))
    listed = len(here.get(LIST).context["sessions"])

    tracking.forget_ended()

    assert listed == 1
    assert not UserSession.objects.filter(pk=ended.pk).exists()
    assert UserSession.objects.count() == 1
    assert is_in(here)


def test_list_costs_the_same_for_one_and_for_thirty(here, user, django_assert_num_queries):
    here.get(LIST)
    with CaptureQueriesContext(connection) as one:
        here.get(LIST)
    for _number in range(30):
        browser = Client()
        browser.force_login(user)

    with django_assert_num_queries(len(one)):
        response = here.get(LIST)

    assert len(response.context["sessions"]) == 31


def test_sign_in_costs_the_same_with_many_sessions(user):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            sign_in(Client(), user)
        return len(queries)

    cost()
    before = cost()
    for _number in range(10):
        Client().force_login(user)

    assert cost() <= before  # what many pages need may be remembered by then


def test_session_that_was_not_noted_is_listed_all_the_same(here, user):
    UserSession.objects.all().delete()
    sign_in_recently(here, user)

    assert [row.is_this for row in here.get(LIST).context["sessions"]] == [True]
