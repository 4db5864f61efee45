"""From an author to an editor and back, each with words if they like.

Approving is publishing: see `states.publish`.
"""

from django.db import transaction
from django.utils import timezone

from posts.models import Post, Review
from posts.publishing import emails, states


@transaction.atomic
def submit(post: Post, by, note: str = "") -> Review | None:
    """Ask the editors to look at a draft. None where they are asked already."""
    if post.status != "draft" or post.submitted_at:
        return None
    review = step(post, Review.Kind.SUBMITTED, by, note, submitted_at=timezone.now())
    emails.submitted(review)
    return review


@transaction.atomic
def take_back(post: Post, by, note: str = "") -> Review | None:
    """End the review: its author goes on writing. None where there is none."""
    if not post.submitted_at:
        return None
    return step(post, Review.Kind.TAKEN_BACK, by, note)


@transaction.atomic
def send_back(post: Post, by, note: str) -> Review | None:
    """Give a draft back to its authors; `note` says why. None where it waits for nobody."""
    if not note.strip():
        raise ValueError("Whoever sends back says why.")
    if not post.submitted_at:
        return None
    review = step(post, Review.Kind.SENT_BACK, by, note)
    emails.sent_back(review)
    return review


def step(post: Post, kind: str, by, note: str, submitted_at=None) -> Review:
    """Note one step, and record it."""
    post.submitted_at = submitted_at
    Post.everything.filter(pk=post.pk).update(submitted_at=submitted_at)
    states.record(kind, post, by)
    return Review.objects.create(post=post, kind=kind, by=by, note=note.strip())
