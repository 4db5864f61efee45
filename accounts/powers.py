"""Sessions end when what their owner may do, or the password, changes.

A session that began with other powers was signed in to with less care, or by somebody who should
be gone. The one session that stays is that of the person who makes the change to their own
account; it goes on under a new key.
"""

from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver

from accounts import recording
from accounts.models import User
from accounts.sessions import ending

WATCHED = ["password", "is_active", "is_staff", "is_superuser"]


@receiver(pre_save, sender=User)
def notice_change(sender, instance, update_fields, raw, **kwargs):
    written = [name for name in WATCHED if update_fields is None or name in update_fields]
    instance._loses_sessions = False
    if raw or instance._state.adding or not written:
        return
    stored = User._base_manager.filter(pk=instance.pk).values_list(*written).first()
    now = tuple(getattr(instance, name) for name in written)
    instance._loses_sessions = stored is not None and stored != now


@receiver(post_save, sender=User)
def end_after_change(sender, instance, **kwargs):
    if instance._loses_sessions:
        instance._loses_sessions = False
        end_sessions_of(instance)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def end_after_new_powers(sender, instance, action, reverse, pk_set, **kwargs):
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    if not reverse:
        people = [instance] if pk_set or action == "pre_clear" else []
    elif action == "pre_clear":
        people = User.objects.filter(pk__in=instance.user_set.values("pk"))
    else:
        people = User.objects.filter(pk__in=pk_set)
    for person in people:
        end_sessions_of(person)


def end_sessions_of(person: User) -> None:
    count = ending.end_others(person)
    if count:
        recording.session_ended(person, count)
