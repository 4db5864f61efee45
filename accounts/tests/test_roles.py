"""Roles: what a migration made of them, and who may give which to whom."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts import roles
from accounts.models import User
from accounts.tests.factories import make_user
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db


def with_role(name, **fields) -> User:
    user = make_user(**fields)
    roles.give(user, name)
    return User.objects.get(pk=user.pk)


def permission(codename):
    return Permission.objects.get(codename=codename)


def change(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def send(client, person, **changes):
    """Send the page of `person` as it was shown, with changes."""
    form = client.get(change(person)).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields if name != "password"}
    data = {name: value for name, value in shown.items() if value not in (None, False, [])}
    return client.post(change(person), data | changes)


@pytest.fixture
def administrator(client):
    person = with_role(roles.ADMINISTRATOR)
    client.force_login(person)
    return person


# --- The groups -------------------------------------------------------------------


def codenames(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_migrations_made_a_group_of_each_role():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def test_author_holds_no_permission_about_all_rows():
    assert codenames(roles.AUTHOR) == {"add_post", "add_image"}


def test_administrator_may_all_that_the_other_roles_may():
    others = codenames(roles.AUTHOR) | codenames(roles.EDITOR) | codenames(roles.MODERATOR)

    assert others < codenames(roles.ADMINISTRATOR)


def test_no_role_gives_single_powers():
    """Whoever could change groups or permissions could give themselves everything."""
    for name in roles.ROLES:
        assert not Group.objects.filter(
            name=name, permissions__content_type__app_label="auth"
        ).exists()


# --- Giving and taking ------------------------------------------------------------


def test_role_lets_in_at_the_desk_and_is_recorded():
    user = make_user()

    roles.give(user, roles.AUTHOR)
    roles.give(user, roles.AUTHOR)

    user.refresh_from_db()
    assert (roles.of(user), user.is_staff) == ([roles.AUTHOR], True)
    event = Event.objects.get(verb="accounts.role_given")
    assert (event.target_id, event.details) == (str(user.pk), {"role": "Author"})


def test_last_role_taken_shows_out_of_the_desk():
    user = with_role(roles.AUTHOR)
    roles.give(user, roles.MODERATOR)

    roles.take(user, roles.AUTHOR)
    still = User.objects.get(pk=user.pk).is_staff
    roles.take(user, roles.MODERATOR)

    user.refresh_from_db()
    assert (still, user.is_staff, roles.of(user)) == (True, False, [])
    assert Event.objects.filter(verb="accounts.role_taken").count() == 2


@pytest.mark.parametrize("reason", ["superuser", "another group", "a power of their own"])
def test_who_has_other_work_stays_at_the_desk(reason):
    user = with_role(roles.AUTHOR, is_superuser=reason == "superuser")
    if reason == "another group":
        user.groups.add(Group.objects.create(name="Proofreaders"))
    if reason == "a power of their own":
        user.user_permissions.add(permission("view_tag"))

    roles.take(user, roles.AUTHOR)

    assert User.objects.get(pk=user.pk).is_staff


def test_role_that_the_operator_deleted_is_not_offered(client, administrator):
    Group.objects.get(name=roles.AUTHOR).delete()
    reader = make_user()

    form = client.get(change(reader)).context["adminform"].form

    names = [name for name, _text in form.fields["roles"].choices]
    assert names == [roles.EDITOR, roles.MODERATOR, roles.ADMINISTRATOR]


# --- At the desk ------------------------------------------------------------------


def test_administrator_gives_and_takes_roles(client, administrator):
    person = with_role(roles.AUTHOR)

    response = send(client, person, roles=[roles.EDITOR, roles.ADMINISTRATOR])

    assert response.status_code == 302
    assert roles.of(person) == [roles.EDITOR, roles.ADMINISTRATOR]
    assert User.objects.get(pk=person.pk).is_staff


def test_page_says_what_each_role_is_for(client, administrator):
    html = client.get(change(make_user())).content.decode()

    assert "Decides about comments, and about nothing else." in html


def test_administrator_makes_no_superuser_and_gives_no_single_power(client, administrator):
    person = make_user()
    single = permission("change_group").pk

    send(
        client,
        person,
        is_superuser="on",
        is_staff="on",
        user_permissions=[single],
        groups=[Group.objects.get(name=roles.EDITOR).pk],
    )
    send(client, administrator, is_superuser="on", user_permissions=[single])

    for each in (person, administrator):
        each.refresh_from_db()
        assert not each.is_superuser
        assert not each.user_permissions.exists()
    assert (person.is_staff, roles.of(person)) == (False, [])


def test_administrator_cannot_take_over_a_superuser(client, administrator):
    root = make_user(is_staff=True, is_superuser=True, password="a long enough password")
    new = {"password1": "another password", "password2": "another password"}

    assert client.post(change(root), {"email": "mine@example.org"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(password, new).status_code == 403
    delete = reverse("admin:accounts_user_delete", args=[root.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    root.refresh_from_db()
    assert root.check_password("a long enough password")


@pytest.mark.parametrize("is_active", [True, False])
def test_administrator_cannot_take_over_who_may_more(client, administrator, is_active):
    """An account that is not active now can be made so by whoever edits it."""
    other = make_user(is_staff=True, is_active=is_active)
    other.user_permissions.add(permission("change_permission"))

    assert client.post(change(other), {"email": "mine@example.org"}).status_code == 403


def test_role_that_gives_more_than_ones_own_cannot_be_given(client, administrator):
    Group.objects.get(name=roles.EDITOR).permissions.add(permission("change_group"))
    person = make_user()

    response = send(client, person, roles=[roles.EDITOR])

    assert "roles" in response.context["adminform"].form.errors
    assert roles.of(person) == []


def test_who_edits_people_and_gives_no_roles_cannot_give_any(client):
    manager = make_user(is_staff=True)
    manager.user_permissions.add(permission("change_user"), permission("view_user"))
    client.force_login(manager)
    person = make_user()

    send(client, person, roles=[roles.AUTHOR])
    send(client, manager, roles=[roles.ADMINISTRATOR])

    assert (roles.of(person), roles.of(manager)) == ([], [])


@pytest.mark.parametrize("name", [roles.AUTHOR, roles.EDITOR, roles.MODERATOR])
def test_other_roles_see_nothing_of_people(client, name):
    person = make_user()
    client.force_login(with_role(name))

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert client.post(change(person), {"display_name": "X"}).status_code == 403


def test_superuser_gives_single_powers(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    person = make_user()

    send(client, person, is_staff="on", user_permissions=[permission("view_tag").pk])

    person.refresh_from_db()
    assert person.is_staff
    assert person.has_perm("posts.view_tag")
