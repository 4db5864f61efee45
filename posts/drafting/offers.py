"""What somebody is asked to restore when they open a text."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from posts.drafting import working_copies
from posts.drafting.presence import SILENCE
from posts.models import WorkingCopy
from posts.models.publication import Publication


@dataclass(frozen=True)
class Offer:
    window: UUID
    title: str
    saved_at: datetime
    words: int  # more than are stored, or fewer
    is_live: bool  # the window has given a sign of life just now
    is_older: bool  # begun from a revision that is not the newest any more


def offers(
    user: User, model: type[Publication], text: Publication | None, without: Set[UUID] = frozenset()
) -> list[Offer]:
    """What `user` wrote into `text`, or into new ones, and did not save; newest first."""
    stored = len(text.body.split()) if text else 0
    copies = working_copies.unsaved(user, model, text)
    return [offer_of(copy, text, stored) for copy in copies if copy.window not in without]


def offer_of(copy: WorkingCopy, text: Publication | None, stored: int) -> Offer:
    return Offer(
        window=copy.window,
        title=first(copy, "title"),
        saved_at=copy.saved_at,
        words=len(first(copy, "body").split()) - stored,
        is_live=copy.seen_at > timezone.now() - SILENCE,
        is_older=bool(text) and copy.based_on < text.revision_number,
    )


def first(copy: WorkingCopy, name: str) -> str:
    return next(iter(copy.fields.get(name, [])), "")
