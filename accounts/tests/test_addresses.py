import pytest
from allauth.account.models import EmailAddress

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def rows(user):
    return list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


def test_new_account_has_a_confirmed_address():
    user = make_user(email="Ada@example.org")

    assert rows(user) == [("ada@example.org", True, True)]


def test_address_changed_at_the_desk_is_confirmed_in_place_of_the_old_one():
    user = make_user(email="old@example.org")

    user.email = "new@example.org"
    user.save()

    assert rows(user) == [("new@example.org", True, True)]


def test_author_without_an_address_has_none():
    user = make_user(email=None)

    assert rows(user) == []


def test_new_address_that_waits_stays():
    user = make_user(email="old@example.org")
    EmailAddress.objects.create(user=user, email="new@example.org", verified=False)

    user.save()

    assert sorted(rows(user)) == [
        ("new@example.org", False, False),
        ("old@example.org", True, True),
    ]
