"""Whatever changes what somebody may do is recorded, with what it was before."""

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from accounts.models import User
from accounts.permission_changes.columns import FLAGS
from blogsite.audit.recording import record

DONE = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}


@receiver(post_save, sender=User)
def record_flags(sender, instance, **kwargs):
    changed = {
        name: [was, getattr(instance, name)]
        for name, was in instance.changed_columns.items()
        if name in FLAGS
    }
    if changed:
        record("accounts.permissions_changed", instance, **changed)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def record_sets(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Who was put into which group, and who or which group was given which permissions."""
    if action not in DONE:
        return
    keys = pk_set if pk_set is not None else others_of(sender, instance, reverse)
    others = model._base_manager.filter(pk__in=keys).order_by("pk")
    if reverse:
        for holder in others:
            record_set(holder, action, [instance])
    elif others:
        record_set(instance, action, others)


def others_of(through, instance, reverse: bool) -> list:
    """The keys of all that `instance` is about to be parted from."""
    first, second = [field for field in through._meta.fields if field.is_relation]
    own, other = (first, second) if first.related_model is type(instance) else (second, first)
    return list(through.objects.filter(**{own.name: instance}).values_list(other.name, flat=True))


def record_set(holder, action: str, given) -> None:
    """`given` are the groups, or else the permissions, that `holder` gets or loses."""
    kind = "groups" if isinstance(given[0], Group) else "permissions"
    details = {f"{kind}_{DONE[action]}": list(map(name_of, given))}
    record("accounts.permissions_changed", holder, **details)


def name_of(thing: Group | Permission) -> str:
    return thing.name if isinstance(thing, Group) else thing.codename
