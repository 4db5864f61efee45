"""Invitations: who may send them, what they promise, and how they are accepted."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts import roles
from accounts.models import AccountSettings, Invitation, User
from accounts.signing_up import links
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails

pytestmark = pytest.mark.django_db

FINISH = {"name": "Ada", "password": "some unusual words"}
ADD = "admin:accounts_invitation_add"
LIST = "admin:accounts_invitation_changelist"


@pytest.fixture
def owner(client):
    person = make_user(display_name="Olga", is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.fixture
def receptionist(client):
    """May invite, and has no role to give."""
    person = make_user(is_staff=True)
    names = ["add_invitation", "change_invitation", "view_invitation", "delete_invitation"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(person)
    return person


def invite(client, email="ada@example.org", *names):
    chosen = [str(Group.objects.get(name=name).pk) for name in names]
    return client.post(reverse(ADD), {"email": email, "roles": chosen})


def make_invitation(email="ada@example.org", *names, **fields) -> Invitation:
    invitation = Invitation.objects.create(email=email, **fields)
    invitation.roles.set(Group.objects.filter(name__in=names))
    return invitation


def act(client, action, *invitations):
    data = {"action": action, "_selected_action": [str(each.pk) for each in invitations]}
    return client.post(reverse(LIST), data, follow=True)


def accept(client, link):
    client.logout()
    return client.post(link, FINISH)


@pytest.mark.parametrize("sign_up", ["open", "invited"])
def test_invited_person_gets_an_account_with_its_roles(client, owner, sign_up):
    AccountSettings(sign_up=sign_up).save()

    invite(client, "Ada@Example.org", roles.EDITOR)
    [message] = mails("ada@example.org")
    accept(client, link_in(message))

    ada = User.objects.get(email="ada@example.org")
    assert "Olga invites you to Blogsite." in message.text
    assert message.secret
    assert (roles.of(ada), ada.is_staff, ada.is_superuser) == ([roles.EDITOR], True, False)
    assert Invitation.objects.get().accepted_at


def test_invitation_without_roles_makes_a_reader(client, owner):
    AccountSettings(sign_up="invited").save()

    invite(client)
    accept(client, link_in(mails("ada@example.org")[0]))

    ada = User.objects.get(email="ada@example.org")
    assert (roles.of(ada), ada.is_staff) == ([], False)


def lose_the_role(person):
    roles.take(person, roles.ADMINISTRATOR)


def be_closed(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("end", [lose_the_role, be_closed, User.delete])
def test_invitation_gives_no_role_that_its_maker_could_not_give_any_more(client, end):
    maker = make_user()
    roles.give(maker, roles.ADMINISTRATOR)
    client.force_login(maker)
    invite(client, "ada@example.org", roles.ADMINISTRATOR)
    link = link_in(mails("ada@example.org")[0])
    end(maker)

    accept(client, link)

    ada = User.objects.get(email="ada@example.org")
    assert (roles.of(ada), ada.is_staff) == ([], False)


def test_withdrawn_invitation_lets_nobody_in(client, owner):
    AccountSettings(sign_up="invited").save()
    invite(client)
    link = link_in(mails("ada@example.org")[0])
    pk = Invitation.objects.get().pk

    client.post(reverse("admin:accounts_invitation_delete", args=[pk]), {"post": "yes"})

    assert accept(client, link).status_code == 404
    assert not User.objects.filter(email="ada@example.org").exists()


def test_invitation_is_good_for_one_account(client, owner):
    AccountSettings(sign_up="invited").save()
    invite(client, "ada@example.org", roles.EDITOR)
    link = link_in(mails("ada@example.org")[0])
    accept(client, link)
    User.objects.get(email="ada@example.org").delete()

    assert accept(client, link).status_code == 404


def test_mail_is_sent_again(client, owner):
    invitation = make_invitation()

    act(client, "send_again", invitation)
    act(client, "send_again", invitation)

    assert len(mails("ada@example.org")) == 2


def test_accepted_invitation_is_not_sent_again(client, owner):
    invitation = make_invitation()
    invitation.accepted_at = invitation.created_at
    invitation.save()

    act(client, "send_again", invitation)

    assert mails() == []


def test_invited_person_may_ask_for_the_link_themselves(client):
    AccountSettings(sign_up="invited").save()
    owner = make_user(is_superuser=True)
    make_invitation("ada@example.org", roles.EDITOR, invited_by=owner)

    client.post(reverse("account_signup"), {"email": "ADA@example.org"})
    accept(client, link_in(mails("ada@example.org")[0]))

    assert roles.of(User.objects.get(email="ada@example.org")) == [roles.EDITOR]


def test_nobody_is_invited_who_has_an_account(client, owner):
    make_user(email="Ada@example.org")

    response = invite(client)

    assert "Somebody has an account with this address" in response.content.decode()
    assert not Invitation.objects.exists()


def test_nobody_is_invited_while_nobody_may_join(client, owner):
    AccountSettings(sign_up="off").save()

    response = invite(client)

    assert "Nobody may make an account at present" in response.content.decode()
    assert not Invitation.objects.exists()


# --- Who may promise what -----------------------------------------------------------


def test_nobody_promises_roles_that_they_may_not_give(client, receptionist):
    response = invite(client, "me@example.org", roles.ADMINISTRATOR)

    assert response.status_code == 200
    assert not Invitation.objects.exists()
    assert invite(client, "reader@example.org").status_code == 302


def test_nobody_redirects_what_was_promised_to_another(client, receptionist):
    invitation = make_invitation("ada@example.org", roles.ADMINISTRATOR)
    url = reverse("admin:accounts_invitation_change", args=[invitation.pk])
    again = len(mails())

    client.post(url, {"email": "me@example.org", "roles": []})
    client.post(reverse("admin:accounts_invitation_delete", args=[invitation.pk]), {"post": "yes"})
    act(client, "send_again", invitation)

    assert Invitation.objects.get().email == "ada@example.org"
    assert len(mails()) == again


def test_address_of_an_invitation_stays(client, owner):
    invitation = make_invitation("ada@example.org")
    url = reverse("admin:accounts_invitation_change", args=[invitation.pk])

    client.post(url, {"email": "eve@example.org", "roles": []})

    assert Invitation.objects.get().email == "ada@example.org"


def test_editor_sees_no_invitations(client):
    person = make_user(is_staff=True)
    roles.give(person, roles.EDITOR)
    client.force_login(person)

    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403


def test_link_of_an_invitation_lives_longer_than_one_asked_for(client, monkeypatch):
    from django.core import signing

    invited = links.link("ada@example.org", is_invitation=True).removeprefix("http://testserver")
    now = signing.time.time()

    monkeypatch.setattr(signing.time, "time", lambda: now + links.ASKED_FOR.total_seconds() + 1)
    assert client.get(invited).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + links.INVITED_FOR.total_seconds() + 1)
    assert client.get(invited).status_code == 404
