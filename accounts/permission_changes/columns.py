"""Which columns of a person, of those that decide what they may do, a save is about to change."""

from django.db.models.signals import pre_save
from django.dispatch import receiver

from accounts.models import User

FLAGS = ["is_active", "is_staff", "is_superuser"]
WATCHED = ["password", *FLAGS]


@receiver(pre_save, sender=User)
def notice_changes(sender, instance, update_fields, raw, **kwargs):
    """Leave on `instance`, for receivers of post_save, the names in `changed_columns` with what
    the database held until now. Of a new person nothing is changed."""
    written = [name for name in WATCHED if update_fields is None or name in update_fields]
    instance.changed_columns = {}
    if raw or instance._state.adding or not written:
        return
    stored = User._base_manager.filter(pk=instance.pk).values(*written).first() or {}
    instance.changed_columns = {
        name: was for name, was in stored.items() if was != getattr(instance, name)
    }
