"""The desk: one login page for everybody, and a second step where it is demanded."""

import pytest
from django.urls import reverse

from accounts.models import AccountSettings
from accounts.tests.factories import make_user
from accounts.tests.second_steps import (
    PASSWORD,
    give_app,
    give_passkey,
    give_recovery_codes,
    sign_in_recently,
)

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")
SETTINGS = reverse("admin:accounts_accountsettings_change", args=[1])


@pytest.fixture
def administrator(client):
    user = make_user(email="root@example.org", password=PASSWORD, is_staff=True, is_superuser=True)
    client.force_login(user)
    sign_in_recently(client, user)
    return user


@pytest.fixture
def demanded():
    AccountSettings(staff_needs_second_step=True).save()


def test_guest_is_led_to_the_one_login_page_and_back(client):
    first = client.get("/admin/posts/post/?q=1")
    second = client.get(first["Location"])

    assert second["Location"] == "/account/login/?next=%2Fadmin%2Fposts%2Fpost%2F%3Fq%3D1"


def test_reader_is_refused_in_our_own_design(client):
    client.force_login(make_user())

    response = client.get(DESK, follow=True)

    assert response.status_code == 403
    assert "masthead" in response.content.decode()


def test_desk_signs_out_by_post_only(client, administrator):
    client.get(reverse("admin:logout"), follow=True)
    assert client.get(DESK).status_code == 200

    client.post(reverse("admin:logout"), follow=True)
    assert client.get(DESK).status_code == 302


def test_password_of_staff_is_changed_on_the_page_for_everybody(client, administrator):
    response = client.get(reverse("admin:password_change"))

    assert response["Location"] == reverse("account_change_password")


# --- A second step is demanded ----------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", [DESK, SETTINGS, "/admin/posts/post/add/", "/admin/jsi18n/", "/admin/autocomplete/"]
)
def test_staff_without_one_are_led_to_set_it_up(client, administrator, demanded, path, method):
    response = getattr(client, method)(path, follow=True)

    assert response.redirect_chain[-1][0] == reverse("mfa_index")
    assert "must have a second step" in response.content.decode()


def test_staff_without_one_change_nothing(client, administrator, demanded):
    client.post(SETTINGS, {"sign_up": "off"})

    assert AccountSettings.load().sign_up == "open"


@pytest.mark.parametrize("name", ["markdownx_upload", "markdownx_markdownify"])
def test_staff_without_one_have_no_preview_and_no_upload(client, administrator, demanded, name):
    response = client.post(reverse(name), {"content": "# Hello"})

    assert response.status_code == 403


def test_staff_without_one_may_nothing_anywhere(administrator, demanded):
    """Drafts at their public address, for one: those ask for a permission and know no desk."""
    assert not administrator.has_perm("posts.change_post")
    assert not administrator.has_module_perms("posts")


@pytest.mark.parametrize("give", [give_app, give_passkey])
def test_staff_with_one_come_in(client, administrator, demanded, give):
    give(administrator)

    assert client.get(DESK).status_code == 200
    assert client.post(reverse("markdownx_markdownify"), {"content": "x"}).status_code == 200


def test_recovery_codes_alone_are_none(client, administrator, demanded):
    give_recovery_codes(administrator)

    assert client.get(DESK).status_code == 302


def test_readers_need_none(client, demanded):
    client.force_login(make_user())

    assert client.get(reverse("accounts:home")).status_code == 200


def test_last_one_cannot_be_removed_while_it_is_demanded(client, administrator, demanded):
    passkey = give_passkey(administrator)
    remove = reverse("mfa_remove_webauthn", args=[passkey.pk])

    page = client.get(remove)
    response = client.post(remove, follow=True)

    assert "this is your last one" in page.content.decode()
    assert "this is your last one" in response.content.decode().replace("\n", " ")
    assert administrator.authenticator_set.count() == 1


def test_last_app_cannot_be_removed_while_it_is_demanded(client, administrator, demanded):
    give_app(administrator)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "this is your last one" in response.content.decode()
    assert administrator.authenticator_set.count() == 1


def test_one_of_two_can_be_removed(client, administrator, demanded):
    give_app(administrator)
    passkey = give_passkey(administrator)

    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert [each.type for each in administrator.authenticator_set.all()] == ["totp"]


def test_switching_it_on_without_one_warns(client, administrator):
    data = {"sign_up": "open", "staff_needs_second_step": "on", "_continue": "1"}

    response = client.post(SETTINGS, data)
    said = [str(message) for message in response.wsgi_request._messages]

    assert AccountSettings.load().staff_needs_second_step
    assert any("You have no second step yourself" in sentence for sentence in said)


def test_settings_of_accounts_are_a_page_and_not_a_list(client, administrator):
    response = client.get(reverse("admin:accounts_accountsettings_changelist"))

    assert response["Location"] == SETTINGS
    assert client.get(SETTINGS).status_code == 200


def test_secrets_of_second_steps_are_nowhere_at_the_desk(client, administrator):
    app = give_app(administrator)

    pages = [
        client.get(path) for path in (DESK, f"/admin/accounts/user/{administrator.pk}/change/")
    ]

    assert all(page.status_code == 200 for page in pages)
    assert all(app.data["secret"] not in page.content.decode() for page in pages)
    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert client.get("/admin/usersessions/usersession/").status_code == 404
