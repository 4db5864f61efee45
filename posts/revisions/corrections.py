"""Corrections: the lines by which readers learn that something was wrong."""

from django.db import transaction
from django.utils import timezone

from blogsite.audit import recording
from posts.models import Post, Revision
from posts.revisions.keeping import keep, remember_found


def moved_date(post: Post):
    """`updated_at` of a post that is being corrected: now, unless it says something later."""
    now = timezone.now()
    return max(post.updated_at, now) if post.updated_at else now


@transaction.atomic
def correct(post: Post, revision: Revision, line: str, by) -> None:
    """Make `revision` a correction that says `line`, or with an empty one take that back.

    The post counts as updated by a line that is new or other; taking one back moves no date.
    """
    if line == revision.correction:
        return
    remember_found(post.pk, Post)
    Revision.objects.filter(pk=revision.pk).update(correction=line)
    if line:
        post.updated_at = moved_date(post)
        Post.everything.filter(pk=post.pk).update(updated_at=post.updated_at)
        keep(post, by=by)
    tell(post, by)


def tell(post: Post, by) -> None:
    recording.record("posts.post_corrected", post, actor=by)
