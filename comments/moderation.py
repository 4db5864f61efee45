"""Deciding about comments. Every change of a status goes through here.

A decision, its place in the log, the counts of the lists, what the filter learns and the mail that
follows are one transaction: all of it happens, or none.
"""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from comments import notices, reasons, spam
from comments.models import Comment, Decision, Discussion, Status

logger = logging.getLogger(__name__)

# What a moderator's decision tells the filter; "pending" tells nothing, and neither does
# "removed", which is also for what is off topic, rude, or taken back by its author.
LESSONS = {Status.APPROVED: "good", Status.SPAM: "spam"}


def approve(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.APPROVED, by, **how)


def mark_spam(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.SPAM, by, **how)


def remove(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.REMOVED, by, **how)


def hold(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.PENDING, by, **how)


@transaction.atomic
def decide(
    comments: Iterable[Comment],
    status: Status,
    by=None,
    via: Decision.Via = Decision.Via.QUEUE,
    reason: str = reasons.MODERATOR,
    note: str = "",
) -> list[Decision]:
    """Give `comments` the status, for the `reason`; one that has it already is left alone.

    `by` is the person who decides, None for the site itself. Safe to repeat.
    """
    made = []
    for comment in locked(comments):
        if comment.status != status:
            made.append(record(comment, status, by, via, note))
            set_status(comment, status, reason)
            if by is not None and via != Decision.Via.AUTHOR:
                spam.learn(comment, LESSONS.get(status, ""))
            if status == Status.APPROVED:
                notices.comment_approved(comment)
    Discussion.refresh(decision.comment.post_id for decision in made)
    return made


@transaction.atomic
def undo(decisions: Iterable[Decision], by, via: Decision.Via = Decision.Via.QUEUE) -> int:
    """Take decisions back, days later as well; how many there were to take back.

    A comment about which somebody decided anew meanwhile keeps that newer decision.
    """
    done = []
    for decision in decisions:
        [comment] = locked([decision.comment])
        if decision.undone_by_id or comment.status != decision.became:
            continue
        taken_back = record(comment, decision.was, by, via, "")
        decision.undone_by = taken_back
        decision.save(update_fields=["undone_by"])
        set_status(comment, decision.was, decision.was_reason, decision.was_reason_detail)
        taught = decision.was_reason == reasons.MODERATOR
        spam.learn(comment, LESSONS.get(decision.was, "") if taught else "")
        if decision.was == Status.APPROVED:
            notices.comment_approved(comment)
        done.append(taken_back)
    Discussion.refresh(decision.comment.post_id for decision in done)
    return len(done)


def locked(comments: Iterable[Comment]) -> list[Comment]:
    """The rows as they are now, kept from other decisions until the transaction ends.

    In the order of their keys, so that two who decide about the same never wait for each other.
    """
    keys = [comment.pk for comment in comments]
    # Without its joins: PostgreSQL locks no row on the far side of an outer join.
    return list(Comment.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def record(comment: Comment, became: str, by, via: str, note: str) -> Decision:
    logger.info(
        "comment %s: %s -> %s by %s via %s",
        comment.pk,
        comment.status,
        became,
        by.pk if by else "site",
        via,
    )
    return Decision.objects.create(
        comment=comment,
        by=by,
        via=via,
        was=comment.status,
        became=became,
        was_reason=comment.reason,
        was_reason_detail=comment.reason_detail,
        note=note,
    )


def set_status(comment: Comment, status: str, reason: str, detail: str = "") -> None:
    comment.status, comment.reason, comment.reason_detail = status, reason, detail
    if status == Status.APPROVED and not comment.approved_at:
        comment.approved_at = timezone.now()
    # These columns and nothing else: its author may be editing the text.
    Comment.objects.filter(pk=comment.pk).update(
        status=status, reason=reason, reason_detail=detail, approved_at=comment.approved_at
    )
