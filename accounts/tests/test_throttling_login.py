"""Guessing passwords is slow for strangers, and the owner always comes in."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Tally, User
from accounts.tests.entrance import (
    PASSWORD,
    from_network,
    is_signed_in,
    let_pass,
    try_to_sign_in,
)
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails
from accounts.tests.second_steps import code_of, give_app
from accounts.throttling.devices import COOKIE

pytestmark = pytest.mark.django_db

TRIES = 8  # at an account, with unknown browsers
ADA = "ada@example.org"


@pytest.fixture
def ada() -> User:
    return make_user(email=ADA, password=PASSWORD)


def known_browser(address: str) -> Client:
    """A browser that signed in once and out again, somewhere else since."""
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert try_to_sign_in(client, address, PASSWORD).status_code == 302
    client.post(reverse("account_logout"))
    return client


def attack(address: str, tries: int = TRIES) -> list[int]:
    """Statuses of so many tries, each from another network."""
    return [try_to_sign_in(from_network(number), address).status_code for number in range(tries)]


def test_right_password_signs_in_and_makes_the_browser_known(ada):
    client = from_network(1)

    response = try_to_sign_in(client, ADA, PASSWORD)

    assert response.status_code == 302
    assert is_signed_in(client, ada)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == ""
    assert "ada" not in cookie.value


def test_wrong_password_makes_no_browser_known(ada):
    assert COOKIE not in try_to_sign_in(from_network(1), ADA).cookies


def test_account_refuses_unknown_browsers_after_some_tries(ada):
    statuses = attack(ADA, TRIES + 2)

    assert statuses == [200] * TRIES + [429] * 2
    stranger = from_network(99)
    response = try_to_sign_in(stranger, ADA, PASSWORD)
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert not is_signed_in(stranger, ada)


def test_refused_try_keeps_the_form_and_says_why(ada):
    attack(ADA)

    page = try_to_sign_in(from_network(99), ADA, PASSWORD).content.decode()

    assert "Please try again in a minute." in page
    assert f'value="{ADA}"' in page
    assert PASSWORD not in page


def test_unknown_address_is_answered_alike(ada):
    known = [try_to_sign_in(from_network(n), ADA) for n in range(TRIES + 2)]
    unknown = [try_to_sign_in(from_network(n), "nobody@example.org") for n in range(TRIES + 2)]

    def said(response, address):
        page = response.content.decode().replace(address, "")
        return response.status_code, "csrf" in page, page.count("<li>"), "too often" in page

    assert [said(each, ADA) for each in known] == [said(e, "nobody@example.org") for e in unknown]


def test_known_browser_signs_in_while_others_guess(ada):
    client = known_browser(ADA)
    attack(ADA, TRIES + 5)

    assert try_to_sign_in(client, ADA).status_code == 200
    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302
    assert is_signed_in(client, ada)


def test_known_browser_signs_in_from_a_network_that_guesses(ada):
    client = known_browser(ADA)
    attacker = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [try_to_sign_in(attacker, f"{n}@example.org").status_code for n in range(40)]

    assert statuses == [200] * 30 + [429] * 10
    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302


def test_known_browser_has_a_limit_of_its_own(ada):
    client = known_browser(ADA)

    statuses = [try_to_sign_in(client, ADA).status_code for _ in range(10 + TRIES + 1)]

    assert statuses == [200] * (10 + TRIES) + [429]
    assert try_to_sign_in(from_network(7), ADA, PASSWORD).status_code == 429


def test_known_browser_of_one_account_is_a_stranger_to_another(ada):
    make_user(email="mallory@example.org", password=PASSWORD)
    client = known_browser("mallory@example.org")
    attack(ADA)

    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 429


def test_browser_of_two_people_is_known_for_both(ada):
    grace = make_user(email="grace@example.org", password=PASSWORD)
    client = known_browser(ADA)
    try_to_sign_in(client, "grace@example.org", PASSWORD)
    assert is_signed_in(client, grace)
    client.post(reverse("account_logout"))
    attack(ADA)
    attack("grace@example.org", TRIES)

    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302


def test_forged_cookie_is_no_known_browser(ada):
    attack(ADA)
    for value in ["", "x", "W10:1:x", known_browser_of_another_site(ada)]:
        client = from_network(9)
        client.cookies[COOKIE] = value

        assert try_to_sign_in(client, ADA, PASSWORD).status_code == 429


def known_browser_of_another_site(user) -> str:
    from django.core import signing

    return signing.dumps(["name", ["x"]], key="another key", salt="accounts.throttling.devices")


def test_account_waits_longer_each_time_and_opens_by_itself(ada):
    attack(ADA)
    waits = []
    for _ in range(3):
        waits.append(int(try_to_sign_in(from_network(50), ADA)["Retry-After"]))
        let_pass(timedelta(seconds=waits[-1]))
        assert try_to_sign_in(from_network(51), ADA).status_code == 200

    assert [round(wait / 60) for wait in waits] == [1, 2, 4]
    let_pass(timedelta(minutes=8))
    assert try_to_sign_in(from_network(52), ADA, PASSWORD).status_code == 302


def test_success_opens_the_account_for_everybody(ada):
    client = known_browser(ADA)
    attack(ADA)

    try_to_sign_in(client, ADA, PASSWORD)

    assert try_to_sign_in(from_network(60), ADA).status_code == 200


def test_new_password_opens_the_account(ada):
    attack(ADA)

    ada.set_password("another fine password")
    ada.save()

    client = from_network(60)
    assert try_to_sign_in(client, ADA, "another fine password").status_code == 302


def test_reset_by_mail_works_while_strangers_wait_and_ends_the_waiting(ada):
    attack(ADA, TRIES + 2)
    client = from_network(60)

    client.post(reverse("account_reset_password"), {"email": ADA})
    page = client.get(link_in(mails(ADA)[-1]), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "some new unusual words"})

    assert try_to_sign_in(client, ADA, "some new unusual words").status_code == 302


def test_sign_in_by_another_way_ends_the_waiting(ada):
    """As a passkey does, which no count holds up: there is no secret to guess."""
    attack(ADA, TRIES + 2)

    from_network(60).force_login(ada)

    assert try_to_sign_in(from_network(61), ADA, PASSWORD).status_code == 302


def guess_codes(client: Client, tries: int) -> list[int]:
    return [
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"}).status_code
        for number in range(tries)
    ]


def test_stolen_password_gives_few_guesses_at_the_second_step_from_all_networks(ada):
    give_app(ada)
    thieves = [from_network(number) for number in range(3)]
    for thief in thieves:
        assert try_to_sign_in(thief, ADA, PASSWORD).status_code == 302

    statuses = [guess_codes(thief, 5) for thief in thieves]

    assert statuses == [[200] * 5, [200] * 5, [429] * 5]


def test_known_browser_passes_the_second_step_while_a_thief_guesses(ada):
    client = known_browser(ADA)
    give_app(ada)
    thief = from_network(1)
    try_to_sign_in(thief, ADA, PASSWORD)
    assert guess_codes(thief, 11)[-1] == 429

    try_to_sign_in(client, ADA, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code_of()})

    assert is_signed_in(client, ada)


def test_right_passwords_count_for_no_network(ada):
    for _ in range(35):
        client = Client(REMOTE_ADDR="203.0.113.77")
        assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302


def test_forwarded_header_of_a_visitor_is_not_believed(ada):
    client = Client(REMOTE_ADDR="198.51.100.1")

    statuses = [
        try_to_sign_in(
            client, f"{number}@example.org", headers={"X-Forwarded-For": f"10.0.{number}.1"}
        ).status_code
        for number in range(40)
    ]

    assert statuses == [200] * 30 + [429] * 10


def test_thousand_tries_get_a_handful_of_answers_and_the_owner_comes_in(ada):
    """Spread over networks, people and spellings; the memory of the process is lost half-way."""
    people = [ADA, "ADA@example.org", "grace@example.org", " ada@EXAMPLE.org"]
    client = known_browser(ADA)
    answers = []
    for number in range(1000):
        if number == 500:
            cache.clear()
        headers = {"X-Forwarded-For": f"172.16.{number % 250}.{number // 250}"}
        attacker = from_network(number)
        response = try_to_sign_in(attacker, people[number % 4], headers=headers)
        answers.append(response.status_code)

    assert answers.count(200) == 2 * TRIES  # Ada, however spelt, and Grace, who is nobody
    assert answers.count(429) == 1000 - 2 * TRIES
    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302
    assert Tally.objects.count() < 100  # what is refused leaves no rows


def test_person_signed_in_is_slowed_at_the_password_question(ada, client):
    client.force_login(ada)
    address = reverse("account_reauthenticate")

    statuses = [client.post(address, {"password": "wrong"}).status_code for _ in range(9)]

    assert statuses == [200] * 8 + [429]
    assert client.post(address, {"password": PASSWORD}).status_code == 429


def test_old_password_is_asked_for_under_limits(ada, client):
    client.force_login(ada)
    sent = {"oldpassword": "wrong", "password1": "a fine new one", "password2": "a fine new one"}

    statuses = [client.post(reverse("account_change_password"), sent).status_code for _ in range(9)]

    assert statuses == [200] * 8 + [429]
