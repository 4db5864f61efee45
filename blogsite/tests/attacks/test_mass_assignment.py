"""Fields that no form shows, sent all the same."""

import pytest

from accounts.models import User
from blogsite.tests.attacks.walking import every_address
from blogsite.tests.attacks.world import PASSWORD
from comments.models import Comment, Status
from comments.tests.writing import HERE, address_of, fields, set_rules

pytestmark = pytest.mark.django_db

POWERS = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "groups": ["1", "2", "3"],
    "roles": ["1", "2", "Administrator"],
    "user_permissions": ["1", "2", "3"],
    "role": "Administrator",
    "user": "1",
    "id": "1",
    "pk": "1",
    "password1": "another long password",
    "verified": "on",
    "primary": "on",
    "has_first_password": "",
    "leaves_at": "2000-01-01",
    "date_joined": "2000-01-01",
}


def powers_of(user) -> tuple:
    user = User.objects.get(pk=user.pk)
    groups = list(user.groups.values_list("name", flat=True))
    return user.is_staff, user.is_superuser, groups, user.user_permissions.count()


def test_nobody_gives_themselves_powers(client, world):
    client.force_login(world.reader)
    others = powers_of(world.administrator), powers_of(world.author)
    form = POWERS | {"display_name": "Reader", "handle": "reader", "password": PASSWORD}

    for place in every_address(world):
        if place.path.startswith(("/account/", "/admin/")) and "logout" not in place.path:
            client.post(place.path, form)
            assert powers_of(world.reader) == (False, False, [], 0), place

    assert (powers_of(world.administrator), powers_of(world.author)) == others
    assert User.objects.get(pk=world.administrator.pk).check_password(PASSWORD)


def test_guest_cannot_decide_about_the_own_comment(client, world):
    set_rules(policy="held")

    wishes = {
        "status": "approved",
        "member": str(world.administrator.pk),
        "post": str(world.draft.pk),
        "pk": "1",
        "created_at": "2000-01-01",
        "spam_score": "0",
        "body_html": "<script>alert(1)</script>",
        "reason": "",
    }
    answer = client.post(address_of(world.post), fields() | wishes, headers=HERE)
    assert answer.status_code == 303

    comment = Comment.objects.order_by("pk").last()
    assert comment.status != Status.APPROVED
    assert comment.member is None
    assert comment.post == world.post
    assert comment.created_at.year > 2000
    assert "<script" not in comment.body_html
