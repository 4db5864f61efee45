"""What comments does when an app below announces something."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from accounts.models import User
from comments import searching
from comments.demo import loading
from comments.models import Comment
from posts.demo.loading import demo_loaded


@receiver(demo_loaded)
def load_discussions(sender, **kwargs):
    loading.load()


@receiver(pre_delete, sender=User)
def keep_names(sender, instance, **kwargs):
    """Comments of a deleted account keep the name that stood above them, and nothing else of it."""
    theirs = Comment.objects.filter(member=instance)
    keys = list(theirs.values_list("pk", flat=True))
    # Django would let go of the account too, but only after this, and without a signal.
    theirs.update(name=instance.name, member=None)
    searching.keep_in_step(keys)


# Columns that the index of comments is made of; a save of others changes nothing in it.
FOUND_BY = {"name", "email", "site", "body", "member"}


@receiver([post_save, post_delete], sender=Comment)
def follow_comment(sender, instance, update_fields=None, created=False, **kwargs):
    """The index of comments, in the same transaction; see comments.searching."""
    if created:
        searching.add(instance)
    elif update_fields is None or FOUND_BY & set(update_fields):
        searching.keep_in_step([instance.pk])
