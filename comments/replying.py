"""A moderator's answer, written beside the decision."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from comments import moderation, reasons
from comments.models import Comment, Decision, Status
from comments.writing.submission import announce, find_stored, key_of


class Unread(Exception):
    """The author changed what is answered, so nobody has read what would be approved."""


@transaction.atomic
def reply(comment: Comment, body: str, by, seen: datetime | None = None) -> list[Decision]:
    """Store `body` as the answer of `by` to `comment`, and approve what is answered.

    An answer to what nobody sees would hang in the air. Sent twice it is stored once. The
    decision that approved `comment`, if it was not approved before. Raises Unread where its
    author changed it after `seen`, as `moderation.decide` has it.
    """
    made = moderation.approve([comment], by, seen=seen)
    if not made and not Comment.objects.approved().filter(pk=comment.pk).exists():
        raise Unread
    now = timezone.now()
    answer = Comment(
        post_id=comment.post_id,
        parent=comment,
        member=by,
        body=body,
        status=Status.APPROVED,
        reason=reasons.STAFF,
        created_at=now,
        approved_at=now,
    )
    answer.submission_key = key_of(answer)
    if not find_stored(answer):
        answer.save(force_insert=True)
        announce(answer)
    return made
