"""Roles: groups with a name that says what somebody is here.

Migrations make the groups: each app says what of its own a role may do. From then on the groups
are the operator's: a role whose group was deleted or renamed is not offered any more, and one
that was given more permissions gives those.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blogsite.audit.recording import record

AUTHOR = "Author"
EDITOR = "Editor"
MODERATOR = "Moderator"
ADMINISTRATOR = "Administrator"

GIVE = "accounts.give_role"

# In the order in which they are offered: what each is called, and what it is for.
ROLES = {
    AUTHOR: (_("Author"), _("Drafts posts with pictures, and submits them to the editors.")),
    EDITOR: (_("Editor"), _("Writes, mends and publishes all posts and pages, and keeps tags.")),
    MODERATOR: (_("Moderator"), _("Decides about comments, and about nothing else.")),
    ADMINISTRATOR: (
        _("Administrator"),
        _("Does all of that, gives roles, changes settings, and looks after mail."),
    ),
}


def of(user: User) -> list[str]:
    """The names of the roles of `user`."""
    held = set(user.groups.filter(name__in=ROLES).values_list("name", flat=True))
    return [name for name in ROLES if name in held]


@transaction.atomic
def give(user: User, name: str, by: User | None = None) -> None:
    """Put `user` into the role, and let them in at the desk.

    Raises Group.DoesNotExist where the operator deleted the role's group.
    """
    group = Group.objects.get(name=name)
    if user.groups.filter(pk=group.pk).exists():
        return
    user.groups.add(group)
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    record("accounts.role_given", user, actor=by, role=name)


@transaction.atomic
def take(user: User, name: str, by: User | None = None) -> None:
    """Take the role from `user`; who has nothing left to do at the desk does not enter it."""
    group = user.groups.filter(name=name).first()
    if group is None:
        return
    user.groups.remove(group)
    if user.is_staff and not has_work_at_desk(user):
        user.is_staff = False
        user.save(update_fields=["is_staff"])
    record("accounts.role_taken", user, actor=by, role=name)


def has_work_at_desk(user: User) -> bool:
    return user.is_superuser or user.groups.exists() or user.user_permissions.exists()


# --- Nobody gives more than they have ---------------------------------------------


def giveable_by(giver: User | None) -> QuerySet[Group]:
    """The groups of roles that `giver` may give and take, and so put into an invitation."""
    roles = Group.objects.filter(name__in=ROLES)
    if giver is None or not giver.is_active:
        return roles.none()
    if giver.is_superuser:
        return roles
    if not giver.has_perm(GIVE):
        return roles.none()
    return roles.exclude(permissions__in=beyond(giver))


def may_touch(person: User, other: User) -> bool:
    """Whether `person` would gain nothing by taking over the account of `other`.

    Asked of whoever may edit people: changing an e-mail or a password is enough to be somebody.
    """
    if person.is_superuser or person == other:
        return True
    if other.is_superuser or (other.is_staff and not person.has_perm(GIVE)):
        return False
    powers = Q(user=other) | Q(group__user=other)
    return not beyond(person).filter(powers).exists()


def beyond(person: User) -> QuerySet[Permission]:
    """The permissions that `person` does not have."""
    return Permission.objects.exclude(Q(user=person) | Q(group__user=person))
