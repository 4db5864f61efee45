"""Keeping the index in step with every write, in the same transaction.

Signals tell of most. Whoever changes rows without them (`update`, `bulk_create`) calls
`keep_in_step`; `manage.py search_index --check` finds who forgot to.
"""

from collections.abc import Iterable

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from posts.models import Byline, Page, Post, Tag
from posts.search.texts import OF_MODEL

# Columns that the index knows nothing of; a save of these alone changes nothing in it.
KNOWN = {
    *("title", "summary", "body", "body_text", "toc", "language", "images"),
    *("published_at", "deleted_at"),
}


def keep_in_step(model: type[Post] | type[Page], keys: Iterable[int]) -> None:
    OF_MODEL[model].put_in_step(keys)


@receiver([post_save, post_delete], sender=Post)
@receiver([post_save, post_delete], sender=Page)
def follow_text(sender, instance, update_fields=None, raw=False, **kwargs):
    if update_fields is None or KNOWN & set(update_fields):
        keep_in_step(sender, [instance.pk])


@receiver([post_save, post_delete], sender=Byline)
def follow_byline(sender, instance, **kwargs):
    keep_in_step(Post, [instance.post_id])


@receiver(m2m_changed, sender=Post.tags.through)
def follow_tags(sender, instance, action, reverse, pk_set, **kwargs):
    """From the side of a tag, `pk_set` are its posts; where it lets go of all, nobody says which."""
    if reverse and action == "pre_clear":
        remember_posts(Tag, instance)
    elif reverse and action == "post_clear":
        keep_in_step(Post, instance.posts_before)
    elif action.startswith("post_"):
        keep_in_step(Post, pk_set if reverse else [instance.pk])


@receiver(pre_delete, sender=Tag)
def remember_posts(sender, instance, **kwargs):
    """Django tells nobody which posts lose a tag that is deleted."""
    through = Post.tags.through.objects.filter(tag=instance)
    instance.posts_before = list(through.values_list("post_id", flat=True))


@receiver(post_delete, sender=Tag)
def follow_deleted_tag(sender, instance, **kwargs):
    keep_in_step(Post, instance.posts_before)
