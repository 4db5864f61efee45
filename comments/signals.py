"""What comments does when an app below announces something."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from comments.demo import loading
from comments.models import Comment
from posts.demo.loading import demo_loaded


@receiver(demo_loaded)
def load_discussions(sender, **kwargs):
    loading.load()


@receiver(pre_delete, sender=User)
def keep_names(sender, instance, **kwargs):
    """Comments of a deleted account keep the name that stood above them, and nothing else of it."""
    Comment.objects.filter(member=instance).update(name=instance.name)
