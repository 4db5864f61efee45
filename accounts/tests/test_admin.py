"""People in the admin: who may give whom which powers."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from accounts.tests.recent import sign_in_just_now

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


def make_person(email, *codenames, **fields) -> User:
    person = User.objects.create_user(email, PASSWORD, **fields)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


@pytest.fixture
def administrator(client):
    person = make_person("root@example.org", is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.fixture
def manager(client):
    """Staff who may edit people and is no administrator."""
    powers = ["view_user", "change_user", "add_user", "delete_user"]
    person = make_person("manager@example.org", *powers, is_staff=True)
    client.force_login(person)
    return person


def change(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def fields_of(client, url) -> dict:
    form = client.get(url).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if name != "password"}
    return {name: value for name, value in data.items() if value not in (None, False, [])}


@pytest.mark.parametrize("email", ["root@example.org", "ROOT@Example.org"])
def test_sign_in_is_by_email_in_any_case(client, email):
    make_person("root@example.org", is_staff=True, is_superuser=True)

    page = client.get(reverse("admin:index"), follow=True)
    login, query = page.redirect_chain[-1][0].split("?")
    data = {"login": email, "password": PASSWORD, "next": "/admin/"}
    response = client.post(login, data)

    assert (login, query) == (reverse("account_login"), "next=%2Fadmin%2F")
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_reader_cannot_sign_in_to_the_admin(client):
    make_person("reader@example.org")

    client.post(reverse("account_login"), {"login": "reader@example.org", "password": PASSWORD})
    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403


def test_person_with_a_password_is_added(client, administrator):
    client.post(
        reverse("admin:accounts_user_add"),
        {
            "display_name": "Ada",
            "email": "ada@example.org",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )

    ada = User.objects.get(email="ada@example.org")
    assert (ada.handle, ada.check_password(PASSWORD)) == ("ada", True)


def test_author_without_a_login_is_added(client, administrator):
    client.post(
        reverse("admin:accounts_user_add"), {"display_name": "Guest", "usable_password": "false"}
    )

    guest = User.objects.get(display_name="Guest")
    assert (guest.email, guest.handle, guest.has_usable_password()) == (None, "guest", False)


def test_nobody_at_all_is_not_added(client, administrator):
    response = client.post(reverse("admin:accounts_user_add"), {"usable_password": "false"})

    assert "Give a name or an e-mail." in response.content.decode()
    assert User.objects.count() == 1


def test_administrator_gives_powers(client, administrator):
    person = make_person("ada@example.org")

    client.post(change(person), fields_of(client, change(person)) | {"is_staff": "on"})

    person.refresh_from_db()
    assert person.is_staff


def test_manager_edits_readers_and_gives_no_powers(client, manager):
    reader = make_person("reader@example.org")
    powers = {"is_staff": "on", "is_superuser": "on", "user_permissions": ["1"]}

    client.post(change(reader), fields_of(client, change(reader)) | powers | {"bio": "New."})

    reader.refresh_from_db()
    assert (reader.bio, reader.is_staff, reader.is_superuser) == ("New.", False, False)
    assert not reader.user_permissions.exists()


def test_manager_gains_no_power_over_their_own_account(client, manager):
    sign_in_just_now(client, manager)
    client.post(change(manager), fields_of(client, change(manager)) | {"is_superuser": "on"})

    manager.refresh_from_db()
    assert not manager.is_superuser


@pytest.mark.parametrize("powers", [{"is_superuser": True, "is_staff": True}, {"is_staff": True}])
def test_manager_cannot_take_over_staff(client, manager, powers):
    other = make_person("other@example.org", **powers)
    new = {"password1": "another password", "password2": "another password"}
    password = reverse("admin:auth_user_password_change", args=[other.pk])
    delete = reverse("admin:accounts_user_delete", args=[other.pk])

    assert client.post(change(other), {"email": "mine@example.org"}).status_code == 403
    assert client.post(password, new).status_code == 403
    assert client.post(delete, {"post": "yes"}).status_code == 403
    other.refresh_from_db()
    assert (other.email, other.check_password(PASSWORD)) == ("other@example.org", True)


def test_manager_cannot_delete_many_at_once(client, manager):
    reader = make_person("reader@example.org")
    url = reverse("admin:accounts_user_changelist")

    data = {"action": "delete_selected", "_selected_action": [reader.pk], "post": "yes"}
    client.post(url, data)

    assert User.objects.filter(pk=reader.pk).exists()


def test_administrator_may_delete_many_at_once(client, administrator):
    reader = make_person("reader@example.org")
    url = reverse("admin:accounts_user_changelist")

    data = {"action": "delete_selected", "_selected_action": [reader.pk], "post": "yes"}
    client.post(url, data)

    assert not User.objects.filter(pk=reader.pk).exists()


# --- One's own account ----------------------------------------------------------------


@pytest.mark.parametrize("key", ["{pk}", "0{pk}", "+{pk}"])
def test_open_session_alone_does_not_change_ones_own_email(client, administrator, key):
    page = reverse("admin:accounts_user_change", args=[key.format(pk=administrator.pk)])
    data = {"email": "thief@example.org", "handle": "root", "is_active": "on"}

    response = client.post(page, data)

    administrator.refresh_from_db()
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert administrator.email == "root@example.org"


def test_open_session_alone_does_not_change_ones_own_password(client, administrator):
    page = reverse("admin:auth_user_password_change", args=[administrator.pk])
    new = "quite unusual words"

    response = client.post(page, {"usable_password": "true", "password1": new, "password2": new})

    administrator.refresh_from_db()
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert administrator.check_password(PASSWORD)


def test_own_email_is_changed_once_one_said_who_one_is(client, administrator):
    sign_in_just_now(client, administrator)
    data = fields_of(client, change(administrator)) | {"email": "new@example.org"}

    response = client.post(change(administrator), data)

    administrator.refresh_from_db()
    assert response["Location"] == reverse("admin:accounts_user_changelist")
    assert administrator.email == "new@example.org"
