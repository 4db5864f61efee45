"""What is said about comments in the settings of the site."""

import logging

import pytest
from django.contrib.auth.models import Permission

from comments.models import CommentSettings
from posts.models import SiteSettings
from posts.tests.factories import make_user
from posts.tests.writing import fields_of

pytestmark = pytest.mark.django_db

URL = "/admin/posts/sitesettings/1/change/"
PREFIX = "comment_settings-0-"


@pytest.fixture
def desk(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def save(desk, **changes):
    fields = fields_of(desk.get(URL))
    return desk.post(URL, fields | {PREFIX + name: value for name, value in changes.items()})


def errors_of(response) -> dict:
    [formset] = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return formset.forms[0].errors


def test_site_that_never_saved_any_shows_the_defaults_in_one_form(desk):
    response = desk.get(URL)

    [formset] = [inline.formset for inline in response.context["inline_admin_formsets"]]
    assert len(formset.forms) == 1
    assert formset.forms[0]["policy"].value() == CommentSettings.Policy.FIRST
    assert not SiteSettings.objects.exists()
    page = response.content.decode()
    assert page.count(f'name="{PREFIX}policy"') == 1
    assert "DELETE" not in page
    assert "#1" not in page
    assert "__prefix__" not in page  # nothing for a script to make a second form of


def test_settings_are_saved_and_saved_again(desk):
    save(desk, policy="held", max_links="1")
    save(desk, closing_days="30")

    settings = CommentSettings.objects.get()
    assert (settings.policy, settings.max_links, settings.closing_days) == ("held", 1, 30)
    assert CommentSettings.load() == settings


def test_second_form_is_not_taken(desk):
    fields = fields_of(desk.get(URL))
    second = {name.replace("-0-", "-1-"): value for name, value in fields.items() if PREFIX in name}

    desk.post(URL, fields | second | {"comment_settings-TOTAL_FORMS": "2"})

    assert CommentSettings.objects.count() <= 1


def test_lists_are_tidied(desk):
    save(
        desk,
        blocked_words=" casino \r\n\r\nbuy now\r\n",
        blocked_addresses="spam@example.org\n pills.example ",
        blocked_networks="192.0.2.7\n2001:db8::/32",
    )

    settings = CommentSettings.objects.get()
    assert settings.blocked_words == "casino\nbuy now"
    assert settings.blocked_addresses == "spam@example.org\npills.example"
    assert settings.blocked_networks.splitlines() == ["192.0.2.7", "2001:db8::/32"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("blocked_networks", "10.0.0.0/8\nnowhere"),
        ("blocked_addresses", "two words"),
        ("blocked_addresses", "https://pills.example/"),
        ("blocked_addresses", "a@b@c.example"),
        ("blocked_addresses", "nodots"),
        ("blocked_words", "x" * 300),
        ("keep_addresses_days", "0"),
        ("keep_addresses_days", "366"),
        ("closing_days", "-1"),
        ("rate_refused", "1"),
        ("policy", "none"),
        ("blocked_words", "a\0b"),
    ],
)
def test_what_makes_no_sense_is_said_beside_the_field(desk, field, value):
    response = save(desk, **{field: value})

    assert list(errors_of(response)) == [field]
    assert not CommentSettings.objects.exists()


def test_editor_of_the_settings_may_change_this_part_too(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_sitesettings"))
    client.force_login(user)

    save(client, policy="open")

    assert CommentSettings.objects.get().policy == "open"


def test_reader_of_the_settings_changes_nothing(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_sitesettings"))
    client.force_login(user)

    shown = client.get(URL)
    refused = client.post(URL, {PREFIX + "policy": "open"})

    assert "Every comment waits" in shown.content.decode() or shown.status_code == 200
    assert refused.status_code == 403


def test_change_of_the_settings_is_in_the_log(desk, caplog):
    with caplog.at_level(logging.INFO):
        save(desk, policy="open")

    assert len(caplog.messages) == 1
    assert "posts.sitesettings_changed posts.sitesettings 1" in caplog.messages[0]
    assert "'comments'" in caplog.messages[0]
