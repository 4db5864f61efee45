"""What the doctor says about people."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from accounts.models import AccountSettings, User
from accounts.tests.factories import make_user
from accounts.tests.second_steps import give_app
from blogsite.doctor import Grade, examine

pytestmark = pytest.mark.django_db


def grade_of(about) -> Grade:
    [finding] = [each for each in examine() if each.about == about]
    return finding.grade


def test_first_password_is_unsafe_until_it_is_changed():
    admin = User.objects.create_superuser("admin@example.org", "first", has_first_password=True)
    User.objects.filter(pk=admin.pk).update(has_first_password=True)
    assert grade_of("first password") == Grade.UNSAFE

    admin.set_password("another one")
    admin.save()

    assert grade_of("first password") == Grade.FINE


def test_administrator_without_a_second_step_is_told():
    make_user()
    assert grade_of("second step") == Grade.FINE
    admin = User.objects.create_superuser("admin@example.org", "x")
    assert grade_of("second step") == Grade.UNFINISHED
    Authenticator.objects.create(user=admin, type="totp", data={"secret": "x"})
    assert grade_of("second step") == Grade.FINE


def test_open_sign_up_needs_a_mail_server(settings):
    settings.MAIL_TRANSPORT = "folder"
    assert grade_of("sign-up") == Grade.UNFINISHED
    AccountSettings(sign_up="invited").save()
    assert grade_of("sign-up") == Grade.FINE
    AccountSettings(sign_up="open").save()
    settings.MAIL_TRANSPORT = "server"
    assert grade_of("sign-up") == Grade.FINE


def test_former_key_that_second_steps_need_is_told(settings):
    give_app(make_user())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert grade_of("former secret key") == Grade.UNFINISHED

    call_command("reseal_second_steps", stdout=StringIO())

    assert grade_of("former secret key") == Grade.FINE
