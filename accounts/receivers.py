"""What accounts does when a row is saved, by whichever way."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import addresses
from accounts.models import User


@receiver(post_save, sender=User)
def keep_address_in_step(sender, instance, update_fields, raw, **kwargs):
    if not raw and (update_fields is None or "email" in update_fields):
        addresses.keep_in_step(instance)
