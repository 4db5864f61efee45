"""Whatever changes what somebody may do is recorded, with what it was before.

By signals, so that no way of doing it is left out: the desk, a command, an invitation.
"""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver

from accounts.models import User
from blogsite.audit.recording import record

FLAGS = ["is_active", "is_staff", "is_superuser"]
DONE = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}


@receiver(pre_save, sender=User)
def notice_flags(sender, instance, update_fields, raw, **kwargs):
    written = [name for name in FLAGS if update_fields is None or name in update_fields]
    instance._changed_flags = {}
    if raw or instance._state.adding or not written:
        return
    stored = User._base_manager.filter(pk=instance.pk).values(*written).first() or {}
    instance._changed_flags = {
        name: [was, getattr(instance, name)]
        for name, was in stored.items()
        if was != getattr(instance, name)
    }


@receiver(post_save, sender=User)
def record_flags(sender, instance, **kwargs):
    changed, instance._changed_flags = instance._changed_flags, {}
    if changed:
        record("accounts.powers_changed", instance, **changed)


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
            tell(holder, action, [instance])
    elif others:
        tell(instance, action, others)


def others_of(through, instance, reverse: bool) -> list:
    """The keys of all that `instance` is about to be parted from."""
    first, second = [field for field in through._meta.fields if field.is_relation]
    own, other = (first, second) if first.related_model is type(instance) else (second, first)
    return list(through.objects.filter(**{own.name: instance}).values_list(other.name, flat=True))


def tell(holder, action: str, given) -> None:
    kind = "groups" if isinstance(given[0], Group) else "permissions"
    record(
        "accounts.powers_changed", holder, **{f"{kind}_{DONE[action]}": list(map(called, given))}
    )


def called(thing) -> str:
    return thing.name if isinstance(thing, Group) else thing.codename
