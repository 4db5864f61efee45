"""Which comments show at once, which wait, and which are spam."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import Comment, CommentSettings, Standing
from comments.networks import keys_for
from comments.tests.factories import make_comment
from comments.tests.writing import send, send_as_member, set_rules
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

ELSEWHERE = "198.51.100.1"


def outcome() -> tuple[str, str]:
    newest = Comment.objects.order_by("pk").last()
    return newest.status, newest.reason


def known_guest(**fields) -> Client:
    """A browser whose first comment was approved."""
    client = Client()
    send(client, make_post(), body="An earlier comment.", **fields)
    Comment.objects.update(status="approved")
    return client


# --- Policies ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("held", ("pending", "all_held")),
        ("first", ("pending", "first_comment")),
        ("open", ("approved", "open")),
    ],
)
def test_policy_decides_about_a_new_guest(client, policy, expected):
    set_rules(policy=policy)

    send(client, make_post())

    assert outcome() == expected


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("held", ("pending", "all_held")),
        ("first", ("pending", "first_comment")),
        ("open", ("approved", "member")),
        ("members", ("approved", "member")),
    ],
)
def test_policy_decides_about_a_new_member(client, policy, expected):
    set_rules(policy=policy)
    client.force_login(make_user())

    send_as_member(client, make_post())

    assert outcome() == expected


def test_default_is_that_first_comments_wait():
    assert CommentSettings.load().policy == "first"


def test_member_who_was_approved_once_waits_no_more(client):
    member = make_user()
    make_comment(member=member)
    client.force_login(member)

    send_as_member(client, make_post())

    assert outcome() == ("approved", "known_person")


@pytest.mark.parametrize("status", ["pending", "spam", "removed"])
def test_comment_that_was_not_approved_makes_nobody_known(client, status):
    member = make_user()
    make_comment(member=member, status=status)
    client.force_login(member)

    send_as_member(client, make_post())

    assert outcome() == ("pending", "first_comment")


# --- Who is who -------------------------------------------------------------------


@pytest.mark.parametrize("remember", ["on", None])
def test_returning_guest_is_known_from_anywhere(remember):
    guest = known_guest(remember=remember)

    send(guest, make_post(), address=ELSEWHERE)

    assert outcome() == ("approved", "known_person")


def test_returning_guest_without_cookies_is_known_where_they_wrote_before():
    known_guest()

    send(Client(), make_post())

    assert outcome() == ("approved", "known_person")


def test_typing_a_known_persons_name_and_e_mail_proves_nothing():
    known_guest()

    send(Client(), make_post(), address=ELSEWHERE)

    assert outcome() == ("pending", "first_comment")


def test_known_guest_who_calls_themselves_otherwise_waits():
    guest = known_guest()

    for change in [{"name": "The Editor"}, {"email": "editor@example.org"}]:
        send(guest, make_post(), **change)

        assert outcome() == ("pending", "first_comment")


def test_cookie_of_one_guest_does_not_prove_another():
    known_guest(name="Known", email="known@example.org", address="192.0.2.1")
    other = Client()
    send(other, make_post(), address=ELSEWHERE)

    send(other, make_post(), name="Known", email="known@example.org", address=ELSEWHERE)

    assert outcome() == ("pending", "first_comment")


def test_forgotten_addresses_make_no_two_people_one():
    known_guest(address="")

    send(Client(), make_post(), address="")

    assert outcome() == ("pending", "first_comment")


def test_staff_moderators_and_the_posts_authors_never_wait(client):
    set_rules(policy="held", max_links=0)
    moderator = make_user()
    moderator.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    author = make_user()
    for member in [make_user(is_staff=True), moderator, author]:
        client.force_login(member)

        send_as_member(client, make_post(authors=[author]), body="See https://example.org")

        assert outcome() == ("approved", "staff")


def test_author_of_another_post_is_a_member_like_any(client):
    author = make_user()
    make_post(authors=[author])
    client.force_login(author)

    send_as_member(client, make_post())

    assert outcome() == ("pending", "first_comment")


# --- Trusted and banned -----------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "value"),
    [("email", "ada@example.org"), ("address", keys_for("203.0.113.7")[0])],
)
def test_banned_guest_is_spam(of, value):
    guest = known_guest(email="Ada@example.org")
    Standing.objects.create(of=of, value=value, verdict="banned")

    response = send(guest, make_post(), email="ADA@example.org")

    assert outcome() == ("spam", "banned")
    assert response["Location"] == Comment.objects.latest("pk").get_absolute_url()


@pytest.mark.parametrize("of", ["member", "email"])
def test_banned_member_is_spam(client, of):
    member = make_user(email="mel@example.org")
    value = {"member": str(member.pk), "email": "mel@example.org"}[of]
    Standing.objects.create(of=of, value=value, verdict="banned")
    client.force_login(member)

    send_as_member(client, make_post())

    assert outcome() == ("spam", "banned")


def test_trusted_member_does_not_wait(client):
    set_rules(policy="held")
    member = make_user()
    Standing.objects.create(of="member", value=str(member.pk), verdict="trusted")
    client.force_login(member)

    send_as_member(client, make_post())

    assert outcome() == ("approved", "trusted")


def test_trust_in_an_e_mail_is_for_whoever_can_prove_it():
    set_rules(policy="held")
    guest = known_guest()
    Standing.objects.create(of="email", value="ada@example.org", verdict="trusted")

    send(guest, make_post(), address=ELSEWHERE)
    proved = outcome()
    send(Client(), make_post(), address="192.0.2.1")

    assert (proved, outcome()) == (("approved", "trusted"), ("pending", "all_held"))


# --- What is odd ------------------------------------------------------------------


@pytest.mark.parametrize(("count", "expected"), [(3, "approved"), (4, "pending")])
def test_many_links_wait(client, count, expected):
    set_rules(policy="open", max_links=3)

    send(client, make_post(), body=" ".join(f"https://example.org/{n}" for n in range(count)))

    assert outcome()[0] == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"body": "See https://example.org"}, "link_under_old_post"),
        ({"site": "https://example.org"}, "link_under_old_post"),
        ({}, "open"),
    ],
)
def test_first_comment_with_a_link_waits_under_an_old_post(client, change, expected):
    set_rules(policy="open")
    old = make_post(published_at=timezone.now() - timedelta(days=100))

    send(client, old, **change)

    assert outcome()[1] == expected


# --- The filter that learns -------------------------------------------------------


@pytest.fixture
def taught():
    """The filter after enough decisions to be heard."""

    moderator = make_user()
    post = make_post()
    for number in range(40):
        spam = make_comment(post=post, body=f"cheap casino pills {number}", status="pending")
        good = make_comment(post=post, body=f"the parser reads tokens {number}", status="pending")
        moderation.mark_spam([spam], moderator)
        moderation.approve([good], moderator)


@pytest.mark.usefixtures("taught")
def test_what_the_filter_takes_for_spam_does_not_show(client):
    set_rules(policy="open")

    send(client, make_post(), body="casino pills, cheap casino", name="x", email="x@casino.example")

    newest = Comment.objects.order_by("pk").last()
    assert newest.status in {"pending", "spam"} and newest.reason == "looks_like_spam"
    assert newest.score > 0.9 and newest.evidence


@pytest.mark.usefixtures("taught")
def test_what_the_filter_takes_for_good_shows_with_its_score(client):
    set_rules(policy="open")

    send(client, make_post(), body="the parser reads each of the tokens")

    newest = Comment.objects.order_by("pk").last()
    assert (newest.status, newest.score < 0.5) == ("approved", True)
