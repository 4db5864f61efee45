"""Whoever works here finds the desk: by the mail that invites them, and from their account."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import roles
from accounts.models import Invitation
from accounts.signing_up import inviting
from accounts.tests.factories import make_user
from accounts.tests.mails import mails

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_staff", [True, False])
def test_account_leads_staff_to_the_desk(client, is_staff):
    client.force_login(make_user(is_staff=is_staff))

    page = client.get(reverse("accounts:home")).content.decode()

    assert (f'href="{reverse("admin:index")}"' in page) == is_staff


def test_invitation_names_the_role_and_the_desk():
    invitation = Invitation.objects.create(email="ada@example.org")
    invitation.roles.set(Group.objects.filter(name=roles.EDITOR))

    inviting.send(invitation)

    desk = settings.SITE_URL + reverse("admin:index")
    sentence = "Your role there: Editor. Once you have an account, you work at the desk:"
    [message] = mails("ada@example.org")
    assert f"{sentence} {desk}\n" in message.text
    assert f'{sentence} <a href="{desk}">{desk}</a>' in message.html


def test_invitation_of_a_reader_says_nothing_of_the_desk():
    inviting.send(Invitation.objects.create(email="ada@example.org"))

    [message] = mails("ada@example.org")
    assert "desk" not in message.text
