"""Making one tag of several."""

from collections.abc import Iterable

from django.db import transaction

from blogsite.audit import recording
from posts import redirects
from posts.models import Post, Redirect, Tag
from posts.search import keep_in_step

CARRYING = Post.tags.through


@transaction.atomic
def merge(tags: Iterable[Tag], into: Tag, by=None, description: str | None = None) -> int:
    """Give all posts of `tags` the tag `into` instead, and delete the others; how many these were.

    Each former address of theirs leads to `into`. Apart from the index of the search, the few
    statements for a tag are the same whatever the number of its posts. Nobody can take it back.
    """
    others = locked({tag.pk for tag in tags} - {into.pk})
    for tag in others:
        # The address of a tag that only drafts carried is nobody's business.
        if redirects.has_published_posts(tag):
            redirects.remember(into, tag.get_absolute_url())
        Redirect.objects.filter(tag=tag).update(tag=into)
        posts = list(CARRYING.objects.filter(tag=tag).values_list("post_id", flat=True))
        move_posts(tag, into)
        keep_in_step(Post, posts)
        recording.record("posts.tag_merged", into, actor=by, merged=tag.pk)
        tag.delete()
    if description is not None and description != into.description:
        into.description = description
        into.save(update_fields=["description"])
    return len(others)


def locked(keys: set[int]) -> list[Tag]:
    """In the order of their keys, so that two who merge the same never wait for each other."""
    return list(Tag.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def move_posts(tag: Tag, into: Tag) -> None:
    carrying = CARRYING.objects.filter(tag=tag)
    # First those that carry both: no post has a tag twice.
    both = CARRYING.objects.filter(tag=into).values("post_id")
    carrying.filter(post_id__in=both).delete()
    carrying.update(tag=into)
