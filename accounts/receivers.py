"""What accounts does when a row is saved, by whichever way."""

from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from accounts import addresses
from accounts.models import User


@receiver(post_save, sender=User)
def keep_address_in_step(sender, instance, update_fields, raw, **kwargs):
    if not raw and (update_fields is None or "email" in update_fields):
        addresses.keep_in_step(instance)


@receiver(pre_save, sender=SocialAccount)
def keep_what_the_database_takes(sender, instance, **kwargs):
    """What another site tells of somebody is theirs to choose; PostgreSQL keeps no NUL."""
    instance.extra_data = without_nul(instance.extra_data)


def without_nul(told):
    """JSON data with no NUL in any text of it."""
    if isinstance(told, str):
        return told.replace("\0", "")
    if isinstance(told, list):
        return [without_nul(each) for each in told]
    if isinstance(told, dict):
        return {without_nul(name): without_nul(each) for name, each in told.items()}
    return told
