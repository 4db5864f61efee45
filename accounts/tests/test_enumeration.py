"""Nobody finds out whether an address has an account: known and unknown ones are answered alike.

Compared are status, headers and words of the answer, and the work behind it: the statements that
the database is asked to run. What differs is done by the worker, and goes to the mailbox.
"""

import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccountSettings, User
from accounts.tests.factories import make_user
from blogsite.outgoing.models import Message

pytestmark = pytest.mark.django_db

PASSWORD = "some unusual words"
KNOWN, UNKNOWN = "known1@example.org", "nobody@example.org"
CLOSED, SILENT = "closed@example.org", "silent@example.org"
# Differs between any two answers, whoever asks.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|csrftoken=\w+|nonce-[\w-]+')

MOMENTS = {"Expires", "Last-Modified"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple
    cookies: tuple
    body: str
    statements: tuple


@pytest.fixture(autouse=True)
def people():
    make_user(email=KNOWN, password=PASSWORD)
    make_user(email=CLOSED, password=PASSWORD, is_active=False)
    make_user(email=SILENT, password=None)


@pytest.fixture(params=[KNOWN, CLOSED, SILENT])
def known(request) -> str:
    return request.param


def answer_to(client, path, data, email) -> Answer:
    client.get(path)  # what is made once for each browser is there
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(path, data)
    body = response.content.decode().replace(email, "ADDRESS")
    return Answer(
        response.status_code,
        tuple(sorted(pair for pair in response.items() if pair[0] not in MOMENTS)),
        tuple(sorted(response.cookies)),
        PASSING.sub("", body),
        tuple(shape(query["sql"], email) for query in queries),
    )


def shape(sql: str, email: str) -> str:
    """A statement without the values in it."""
    sql = re.sub(r'(SAVEPOINT) "\w+"', r"\1", sql)
    sql = re.sub(r"'(?:[^']|'')*'", "'?'", sql)
    return re.sub(r"\b\d+(\.\d+)?\b", "0", sql)


def assert_alike(one: Answer, other: Answer) -> None:
    assert one.status == other.status
    assert one.headers == other.headers
    assert one.cookies == other.cookies
    assert one.body == other.body
    assert one.statements == other.statements


@pytest.mark.parametrize("sign_up", AccountSettings.SignUp.values)
def test_sign_up_tells_nothing(known, sign_up):
    AccountSettings(sign_up=sign_up).save()
    path = reverse("account_signup")

    assert_alike(
        answer_to(Client(), path, {"email": known}, known),
        answer_to(Client(), path, {"email": UNKNOWN}, UNKNOWN),
    )
    assert not Message.objects.exists()


def test_reset_tells_nothing(known):
    path = reverse("account_reset_password")

    assert_alike(
        answer_to(Client(), path, {"email": known}, known),
        answer_to(Client(), path, {"email": UNKNOWN}, UNKNOWN),
    )
    assert not Message.objects.exists()


def test_sign_in_tells_nothing(known):
    path = reverse("account_login")

    def data(email):
        return {"login": email, "password": "wrong but long"}

    assert_alike(
        answer_to(Client(), path, data(known), known),
        answer_to(Client(), path, data(UNKNOWN), UNKNOWN),
    )


def test_change_of_address_tells_nothing(known):
    path = reverse("account_email")

    def ask(email):
        somebody, browser = make_user(password=PASSWORD), Client()
        browser.post(reverse("account_login"), {"login": somebody.email, "password": PASSWORD})
        return answer_to(browser, path, {"email": email, "action_add": "1"}, email)

    assert_alike(ask(known), ask(UNKNOWN))
    assert not Message.objects.exists()


def test_page_of_ones_own_shows_both_alike(known):
    def page(email):
        somebody, browser = make_user(password=PASSWORD, email="me@example.org"), Client()
        browser.post(reverse("account_login"), {"login": somebody.email, "password": PASSWORD})
        browser.post(reverse("account_email"), {"email": email, "action_add": "1"})
        text = browser.get(reverse("account_email")).content.decode()
        somebody.delete()
        number = re.compile(rf"{re.escape(somebody.name)}")
        return PASSING.sub("", number.sub("", text)).replace(email, "ADDRESS")

    assert page(known) == page(UNKNOWN)


def test_waiting_is_asked_of_both_alike(known):
    path = reverse("account_reset_password")
    last = []
    for email in [known, UNKNOWN]:
        browser = Client()
        for _ in range(4):
            response = browser.post(path, {"email": email})
        last.append(response)

    one, other = last
    assert one.status_code == other.status_code == 429
    assert PASSING.sub("", one.content.decode()) == PASSING.sub("", other.content.decode())


def test_setup_is_worth_comparing():
    assert User.objects.get(email=CLOSED).is_active is False
    assert not User.objects.get(email=SILENT).has_usable_password()
