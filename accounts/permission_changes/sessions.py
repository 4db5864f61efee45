"""Sessions end when what their owner may do, or the password, changes.

A session that began with other permissions was signed in to with less care, or by somebody who should
be gone. The one session that stays is that of the person who makes the change to their own
account; it goes on under a new key.
"""

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from accounts import recording
from accounts.models import User
from accounts.permission_changes import columns  # noqa: F401  notices what changes
from accounts.sessions import ending


@receiver(post_save, sender=User)
def end_after_change(sender, instance, **kwargs):
    if instance.changed_columns:
        end_sessions_of(instance)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def end_after_new_permissions(sender, instance, action, reverse, pk_set, **kwargs):
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
