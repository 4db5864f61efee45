"""Requests that another site lets a visitor's browser send."""

import pytest
from django.conf import settings
from django.test import Client

from blogsite.tests.attacks.walking import every_address, watched
from comments.models import Comment
from comments.tests.letters import make_address, make_subscription, stop_link
from comments.tests.writing import address_of, fields, set_rules

pytestmark = pytest.mark.django_db

FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
# Refused, not there, not for this method, or sent elsewhere before anything was looked at.
REFUSALS = {301, 302, 400, 403, 404, 405, 410, 422, 429}
# Guarded in their own way, without a cookie: a test below each; and browsers' reports, which anybody
# may send and which change nothing but their count.
BY_OWN_GUARD = {"comments:discussion", "comments:mail_stop", "reporting:report"}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def token_of(client) -> str:
    """A token that belongs to the cookie which `client` then has."""
    client.get("/account/login/")  # for a guest
    client.get("/account/logout/")  # for a member
    return client.cookies[settings.CSRF_COOKIE_NAME].value


def tried_everywhere(client, world, data, headers) -> list[str]:
    """The addresses that took a POST, or where it changed something."""
    taken = []
    for address in every_address(world):
        if address.name in BY_OWN_GUARD:
            continue
        with watched() as written:
            answer = client.post(address.path, data, headers=headers)
        if answer.status_code not in REFUSALS or written:
            taken.append(f"{address.name} {answer.status_code} {written}")
    return taken


def test_nothing_is_changed_by_a_form_without_a_token(strict, world):
    strict.force_login(world.administrator)

    assert tried_everywhere(strict, world, {"post": "yes"}, {}) == []


def test_nothing_is_changed_with_the_token_of_another_visitor(strict, world):
    other = token_of(Client(enforce_csrf_checks=True))
    strict.force_login(world.administrator)
    token_of(strict)

    assert tried_everywhere(strict, world, {"csrfmiddlewaretoken": other, "post": "yes"}, {}) == []


def test_nothing_is_changed_from_another_origin_even_with_the_right_token(strict, world):
    strict.force_login(world.administrator)
    data = {"csrfmiddlewaretoken": token_of(strict), "post": "yes"}

    assert tried_everywhere(strict, world, data, FOREIGN) == []


def test_what_is_written_is_noticed(world):
    with watched() as written:
        world.reader.save()

    assert written == ["accounts_user"]


@pytest.mark.parametrize("who", ["administrator", "reader", "nobody"])
def test_nothing_is_changed_by_looking(client, world, who):
    """Links, pictures and prefetches of other sites send GET; so do those who only read."""
    if who != "nobody":
        client.force_login(getattr(world, who))

    for address in every_address(world):
        with watched() as written:
            answer = client.get(address.path, {"post": "yes", "_method": "POST"})
        assert answer.status_code < 500, address
        assert written == [], address
    if who != "nobody":
        assert settings.SESSION_COOKIE_NAME in client.cookies
        assert client.get("/account/").status_code == 200, "signed out by looking"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HTTP-Method-Override": "POST"},
        {"X-HTTP-Method": "DELETE"},
        {"X-Method-Override": "POST"},
    ],
)
def test_no_header_makes_a_deed_of_a_look(client, world, headers):
    client.force_login(world.administrator)

    with watched() as written:
        for path in ["/account/logout/", f"/admin/posts/post/{world.post.pk}/delete/"]:
            assert client.get(path, {"post": "yes"}, headers=headers).status_code == 200

    assert written == []
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:81"},
    ],
)
def test_comment_of_a_guest_is_taken_from_the_site_itself_only(strict, world, headers):
    set_rules(policy="open")
    before = Comment.objects.count()

    answer = strict.post(address_of(world.post), fields(), headers=headers)

    assert answer.status_code in {403, 422}
    assert Comment.objects.count() == before


def test_comment_of_a_member_needs_the_members_own_token(strict, world):
    set_rules(policy="open")
    strict.force_login(world.reader)
    before = Comment.objects.count()

    for headers in [{}, FOREIGN, {"Sec-Fetch-Site": "same-origin"}]:
        answer = strict.post(address_of(world.post), {"body": "Mine."}, headers=headers)
        assert answer.status_code in {403, 422}

    assert not Comment.objects.filter(member=world.reader).exists()
    assert Comment.objects.count() == before


def test_one_click_ends_a_subscription_with_its_own_signed_link_only(strict, world):
    subscription = make_subscription(world.post, address=make_address("me@example.org"))
    path = stop_link(subscription)
    one_click = {"List-Unsubscribe": "One-Click"}
    forged = path.replace(str(subscription.pk), "1", 1)

    assert strict.post(forged, one_click).status_code == 404
    assert type(subscription).objects.filter(pk=subscription.pk).exists()
    assert strict.post(path, one_click).status_code == 200
    assert not type(subscription).objects.filter(pk=subscription.pk).exists()
