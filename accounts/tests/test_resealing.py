"""A new secret key, and second steps that the former one sealed."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from accounts.second_step import codes
from accounts.tests.factories import make_user
from accounts.tests.second_steps import code_of, give_app, give_recovery_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user(email="ada@example.org")


@pytest.fixture
def new_key(settings):
    """Gives the site another key and keeps the former one."""

    def change():
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]

    return change


def stored() -> dict:
    return dict(Authenticator.objects.values_list("type", "data"))


def test_app_that_is_used_outlives_the_former_key(user, new_key, settings):
    give_app(user)
    new_key()

    codes.accept(user, code_of(ago=1))
    settings.SECRET_KEY_FALLBACKS = []

    assert codes.accept(user, code_of())


def test_recovery_codes_that_are_used_outlive_it_too(user, new_key, settings):
    first, second, *_more = give_recovery_codes(user)
    new_key()

    codes.accept(user, first)
    settings.SECRET_KEY_FALLBACKS = []

    assert codes.accept(user, first) is None
    assert codes.accept(user, second)


def test_what_is_not_used_ends_with_it(user, new_key, settings):
    give_app(user)
    new_key()

    settings.SECRET_KEY_FALLBACKS = []

    assert codes.accept(user, code_of()) is None


def test_wrong_code_changes_nothing(user, new_key):
    give_app(user)
    give_recovery_codes(user)
    before = stored()
    new_key()

    assert codes.accept(user, code_of(ago=20)) is None

    assert stored() == before


def test_seal_of_the_key_of_now_stays(user):
    app = give_app(user)

    codes.accept(user, code_of())

    assert stored()["totp"]["secret"] == app.data["secret"]


def test_all_are_sealed_anew_at_once_and_keep_what_is_used_up(user, new_key, settings):
    give_app(user)
    used, unused, *_more = give_recovery_codes(user)
    codes.accept(user, used)
    codes.accept(user, code_of(ago=1))
    new_key()

    said = [run(), run()]
    settings.SECRET_KEY_FALLBACKS = []

    assert said == ["2 sealed anew.", "0 sealed anew."]
    assert codes.accept(user, used) is None
    assert codes.accept(user, code_of(ago=1)) is None
    assert codes.accept(user, unused)
    assert codes.accept(user, code_of())


def test_what_no_key_opens_is_left_alone(user, settings):
    give_app(user)
    before = stored()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", ["a third"]

    assert run() == "0 sealed anew."
    assert stored() == before


def run() -> str:
    out = StringIO()
    call_command("reseal_second_steps", stdout=out)
    return out.getvalue().strip()
