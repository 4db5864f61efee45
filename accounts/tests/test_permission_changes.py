"""Every change of what somebody may do is in the record, whichever way it was made."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.tests.factories import make_user
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo():
    bo = make_user(display_name="Bo")
    Event.forgettable.all().delete()
    return bo


def told():
    events = Event.objects.filter(verb="accounts.permissions_changed").order_by("pk")
    return [(event.target_name, event.details) for event in events]


def test_flags_are_told_with_what_they_were(bo):
    bo.is_staff, bo.is_superuser = True, True
    bo.save()
    bo.bio = "Bees."
    bo.save()
    bo.is_active = False
    bo.save(update_fields=["is_active"])

    assert told() == [
        ("Bo", {"is_staff": [False, True], "is_superuser": [False, True]}),
        ("Bo", {"is_active": [True, False]}),
    ]


def test_groups_and_permissions_are_told_by_name(bo):
    group = Group.objects.create(name="Beekeepers")
    see, change = Permission.objects.filter(codename__in=["view_post", "change_post"]).order_by(
        "-codename"
    )

    bo.groups.add(group)
    bo.user_permissions.set([see])
    bo.user_permissions.set([change])
    bo.groups.clear()
    group.user_set.add(bo)
    group.user_set.clear()
    group.permissions.add(see)

    assert told() == [
        ("Bo", {"groups_added": ["Beekeepers"]}),
        ("Bo", {"permissions_added": ["view_post"]}),
        ("Bo", {"permissions_removed": ["view_post"]}),
        ("Bo", {"permissions_added": ["change_post"]}),
        ("Bo", {"groups_removed": ["Beekeepers"]}),
        ("Bo", {"groups_added": ["Beekeepers"]}),
        ("Bo", {"groups_removed": ["Beekeepers"]}),
        ("Beekeepers", {"permissions_added": ["view_post"]}),
    ]


def test_nothing_is_told_where_nothing_changes(bo):
    bo.groups.clear()
    bo.user_permissions.set([])
    bo.save()

    assert told() == []


def test_who_changed_it_at_the_desk_is_told(client, bo):
    client.force_login(make_user(display_name="Root", is_staff=True, is_superuser=True))
    url = f"/admin/accounts/user/{bo.pk}/change/"
    data = {"handle": "bo", "display_name": "Bo", "email": bo.email, "is_active": "on"}

    answer = client.post(url, data | {"is_staff": "on"})

    assert answer.status_code == 302
    event = Event.objects.get(verb="accounts.permissions_changed")
    assert str(event) == "Root changed what person “Bo” may do"
    assert event.details == {"is_staff": [False, True]}
