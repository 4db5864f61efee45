"""The life of a draft link."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from blogsite.audit import recording
from posts import access
from posts.draft_links.patience import little_patience
from posts.models import DraftLink, Post
from posts.models.publication import has_status

logger = logging.getLogger(__name__)

DAYS = [1, 7, 30]  # that a link may be open
MOST_OPEN = 20  # links to one draft; a list that nobody overlooks protects nothing
KEPT_FOR = timedelta(days=90)  # after it ran out: long enough to see who read it


@transaction.atomic
def make(post: Post, by, days: int, label: str = "") -> DraftLink:
    """A new link to `post`, open for so many days."""
    link = DraftLink.objects.create(
        post=post, made_by=by, label=label, expires_at=timezone.now() + timedelta(days=days)
    )
    # By its key alone: whoever reads the record must not come in by it.
    recording.record("posts.draft_link_made", post, actor=by, link=link.pk, days=days)
    return link


@transaction.atomic
def revoke(link: DraftLink, by) -> bool:
    """End `link` at once; whether it was open until now. Safe to repeat."""
    ended = DraftLink.objects.open().filter(pk=link.pk).update(revoked_at=timezone.now())
    if ended:
        recording.record("posts.draft_link_revoked", link.post, actor=by, link=link.pk)
    return bool(ended)


def is_backed(link: DraftLink) -> bool:
    """Whether who made it may still look at the draft at the desk, and so may let others.

    One that no person made stands by itself.
    """
    by = link.made_by
    if by is None:
        return True
    return by.is_staff and access.posts_at_desk_of(by).filter(pk=link.post_id).exists()


def note_opening(link: DraftLink) -> None:
    """Count that somebody opened it; a database that takes nothing just now loses a count."""
    opened = {"opened_count": F("opened_count") + 1, "last_opened_at": timezone.now()}
    try:
        with little_patience(), transaction.atomic():
            DraftLink.objects.filter(pk=link.pk).update(**opened)
    except DatabaseError:
        logger.warning("An opening of draft link %s could not be counted", link.pk)


def close_published(post: Post | None = None) -> int:
    """End the links to what readers can see by now; so they stay over if it is taken back."""
    now = timezone.now()
    about = {"post": post} if post else {}
    links = DraftLink.objects.open().filter(has_status("published", "post__"), **about)
    # By keys: an update cannot join.
    return DraftLink.objects.filter(pk__in=links.values("pk")).update(expires_at=now)


def forget_old() -> int:
    """Delete links that ran out long ago; how many."""
    before = timezone.now() - KEPT_FOR
    return DraftLink.objects.filter(expires_at__lt=before).delete()[0]
