"""Whether old posts still hold: which are due for somebody to check, and that somebody did."""

import math
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from blogsite.audit import recording
from posts import access, revisions
from posts.models import Post, Revision, SiteSettings

DAYS_A_MONTH = 30.44
REPLACED_SHOWN = 5  # older posts that a new one names
MOST_DUE = 2500  # posts of each kind that are told; who has so much to do begins with these
MAX_CHAIN = 100  # posts, each replaced by the next; a longer chain is a mistake


# --- Who is due -------------------------------------------------------------------


def due(user):
    """Published posts that `user` may see at the desk and somebody should check, oldest first."""
    mine = access.posts_at_desk_of(user).published()
    return mine.filter(is_due()).order_by("published_at", "pk")


def first_due(user, most: int) -> list[Post]:
    """At most so many of them: of a chosen day first, then the oldest.

    Asked one after the other, for each has an index of its own.
    """
    mine = access.posts_at_desk_of(user).published().without_text()
    chosen = list(mine.filter(review_by__lte=today()).order_by("review_by", "pk")[:most])
    return (chosen + list(mine.filter(is_stale()).order_by("published_at", "pk")[:most]))[:most]


def is_due() -> Q:
    """The condition that a published post waits for a check.

    A day that somebody chose decides; without one, the time after which the site calls posts old.
    By keys, for each of the two has an index of its own; of either the first ones.
    """
    published = Post.objects.published()
    chosen = published.filter(review_by__lte=today()).order_by("review_by", "pk")
    stale = published.filter(is_stale()).order_by("published_at", "pk")
    return Q(pk__in=chosen.values("pk")[:MOST_DUE]) | Q(pk__in=stale.values("pk")[:MOST_DUE])


def is_stale() -> Q:
    """The condition of `Post.is_stale`, for the database, where no day for a check is chosen."""
    months = SiteSettings.load().stale_after_months
    if not months:
        return Q(pk__in=[])
    day = today() - timedelta(days=math.floor(months * DAYS_A_MONTH))
    moment = datetime.combine(day, time(), UTC)
    untouched = Q(updated_at=None) | Q(updated_at__lt=moment)
    unchecked = Q(reviewed_at=None) | Q(reviewed_at__lt=day)
    is_old = Q(review_by=None, evergreen=False, published_at__lt=moment)
    return is_old & untouched & unchecked


def today() -> date:
    return timezone.now().date()


# --- Checking ---------------------------------------------------------------------


def note_review(post: Post) -> None:
    """Say on `post`, not saved, that all of it holds today; a day that has come is no more due."""
    post.reviewed_at = today()
    if post.review_by and post.review_by <= post.reviewed_at:
        post.review_by = None


@transaction.atomic
def mark_reviewed(post: Post, by) -> None:
    """The same for a stored post. Its text stays as it is, and readers are told of no change."""
    found = revisions.found(post.pk, Post)
    note_review(post)
    Post.everything.filter(pk=post.pk).update(
        reviewed_at=post.reviewed_at, review_by=post.review_by
    )
    revisions.keep_change(found, post, by=by, reason=Revision.Reason.CHANGED)
    record(post, by)


def record(post: Post, by) -> None:
    recording.record("posts.post_reviewed", post, actor=by)


# --- What it was tried with -------------------------------------------------------


def tidy_versions(text: str) -> str:
    """`Python 3.14, Django 5.2`, however the author divided and repeated it."""
    once: dict[str, str] = {}
    for part in text.replace(";", ",").split(","):
        name = " ".join(part.split())
        once.setdefault(name.casefold(), name)
    return ", ".join(filter(None, once.values()))


# --- Replacing --------------------------------------------------------------------


def replaced_by(post: Post):
    """The posts that `post` replaces, as far as readers can see them, newest first."""
    older = Post.objects.published().filter(superseded_by_id=post.pk).without_text()
    return older.newest_first()[:REPLACED_SHOWN]


def leads_back(post: Post, newer: Post) -> bool:
    """Whether `post` is among those that replace `newer`, so that readers would go in circles."""
    seen = set()
    key = newer.pk
    while key and key not in seen and len(seen) < MAX_CHAIN:
        if key == post.pk:
            return True
        seen.add(key)
        key = Post.everything.filter(pk=key).values_list("superseded_by_id", flat=True).first()
    return False
