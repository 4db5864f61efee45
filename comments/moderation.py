"""Deciding about comments. Every change of a status goes through here.

A decision, its place in the log, the counts of the lists, what the filter learns and the mail that
follows are one transaction: all of it happens, or none. However many comments it is about, the
statements for the first three stay few.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import inf
from time import monotonic
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from blogsite.audit import recording
from comments import reasons, spam, topics
from comments.mail import notices
from comments.models import Comment, Decision, Discussion, Status

logger = logging.getLogger(__name__)

# What a moderator's decision tells the filter; "pending" tells nothing, and neither does
# "removed", which is also for what is off topic, rude, or taken back by its author.
LESSONS = {Status.APPROVED: "good", Status.SPAM: "spam"}
# Comments in one transaction: SQLite lets nobody else write meanwhile, and visitors wait at most
# seconds for their own.
AT_ONCE = 500


def approve(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.APPROVED, by, **how)


def mark_spam(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.SPAM, by, **how)


def remove(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.REMOVED, by, **how)


def hold(comments: Iterable[Comment], by, **how) -> list[Decision]:
    return decide(comments, Status.PENDING, by, **{"reason": reasons.HELD_BY_HAND} | how)


@transaction.atomic
def decide(
    comments: Iterable[Comment],
    status: Status,
    by=None,
    via: Decision.Via = Decision.Via.QUEUE,
    reason: str = reasons.MODERATOR,
    batch: UUID | None = None,
    teach: bool = True,
    seen: datetime | None = None,
) -> list[Decision]:
    """Give `comments` the status, for the `reason`; one that has it already is left alone.

    `by` is the person who decides, None for the site itself. `batch` joins several calls to one
    deed that is undone as a whole. What its author changed after `seen`, the moment up to which
    `by` has read, is not approved. Safe to repeat.
    """
    changing = [
        comment
        for comment in locked(comments)
        if may_become(comment, status) and not is_unread(comment, status, seen)
    ]
    batch = batch or uuid4()
    made = [decision_about(comment, status, by, via, batch) for comment in changing]
    Decision.objects.bulk_create(made)
    tell(made, by, status)
    with topics.changing(comment.post_id for comment in seen_of(made, changing)):
        set_status(changing, status, reason)
    if by is not None and via != Decision.Via.AUTHOR:
        teach_filter([(comment, status if teach else "") for comment in changing])
    announce(made, changing)
    return made


class Deed(NamedTuple):
    """What came of deciding about a whole list."""

    count: int
    batch: UUID
    is_whole: bool  # whether all of the list had its turn


def decide_about_all(comments, status: Status, by, seconds: float = inf, **how) -> Deed:
    """Give every row of the queryset the status, however many, until `seconds` are over.

    In several transactions: when it is cut off, what was done stays done, and the rest is found
    by asking again. The filter learns from the first of them only, for what comes in thousands
    is one lesson and no more.
    """
    until = monotonic() + seconds
    batch, count = uuid4(), 0
    # Post by post, for each transaction counts the comments of all the posts that it touches.
    all_keys = list(comments.order_by("post_id", "pk").values_list("pk", flat=True))
    for number, keys in enumerate(portions(all_keys)):
        if number and monotonic() > until:
            return Deed(count, batch, is_whole=False)
        rows = Comment.objects.filter(pk__in=keys).only("pk")
        count += len(decide(rows, status, by, batch=batch, teach=number == 0, **how))
    return Deed(count, batch, is_whole=True)


@transaction.atomic
def undo(decisions: Iterable[Decision], by, via: Decision.Via = Decision.Via.QUEUE) -> int:
    """Take decisions back, days later as well; how many there were to take back.

    A comment about which somebody decided anew meanwhile keeps that newer decision; one that its
    author changed since does not become visible again by this.
    """
    keys = {decision.comment_id for decision in decisions}
    comments = {comment.pk: comment for comment in locked(Comment(pk=key) for key in keys)}
    undone, taken_back, batch = [], [], uuid4()
    for decision in still_standing(decisions):
        comment = comments[decision.comment_id]
        is_new = is_unread(comment, decision.was, decision.made_at)
        if comment.status == decision.became and may_become(comment, decision.was) and not is_new:
            taken_back.append(decision_about(comment, decision.was, by, via, batch))
            undone.append(decision)
            comment.status = decision.was
            comment.reason, comment.reason_detail = decision.was_reason, decision.was_reason_detail
    Decision.objects.bulk_create(taken_back)
    tell_undone(undone, by, via)
    for old, new in zip(undone, taken_back, strict=True):
        old.undone_by = new
    Decision.objects.bulk_update(undone, ["undone_by"])
    with topics.changing(comment.post_id for comment in seen_of(taken_back, comments.values())):
        restore([comments[key] for key in sorted({decision.comment_id for decision in undone})])
    announce(taken_back, comments.values())
    return len(undone)


def undo_all(decisions, by, seconds: float = inf) -> tuple[int, bool]:
    """Take back every row of the queryset, however many, until `seconds` are over.

    How many it were, and whether all had their turn.
    """
    until, count = monotonic() + seconds, 0
    # Post by post, as in deciding; of one comment the newest first.
    standing = decisions.filter(undone_by=None).order_by("comment__post_id", "-pk")
    for number, keys in enumerate(portions(list(standing.values_list("pk", flat=True)))):
        if number and monotonic() > until:
            return count, False
        count += undo(Decision.objects.filter(pk__in=keys), by)
    return count, True


def locked(comments: Iterable[Comment]) -> list[Comment]:
    """The rows as they are now, kept from other decisions until the transaction ends.

    In the order of their keys, so that two who decide about the same never wait for each other.
    """
    keys = [comment.pk for comment in comments]
    # Without its joins: PostgreSQL locks no row on the far side of an outer join.
    return list(Comment.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def may_become(comment: Comment, status: str) -> bool:
    """Whether the status would be new; of a purged comment nothing is left to show again."""
    is_hidden = status in {Status.SPAM, Status.REMOVED}
    return comment.status != status and (is_hidden or bool(comment.body))


def is_unread(comment: Comment, status: str, seen: datetime | None) -> bool:
    """Whether approving would show words that nobody has read; asked with the comment locked."""
    is_newer = bool(seen and comment.edited_at and comment.edited_at > seen)
    return is_newer and status == Status.APPROVED


def still_standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that nobody took back, the newest first.

    Asked for now, with the comments locked: somebody may have taken one back since.
    """
    keys = [decision.pk for decision in decisions]
    return list(Decision.objects.filter(pk__in=keys, undone_by=None).order_by("-pk"))


def decision_about(comment: Comment, became: str, by, via: str, batch: UUID) -> Decision:
    return Decision(
        comment=comment,
        by=by,
        via=via,
        was=comment.status,
        became=became,
        was_reason=comment.reason,
        was_reason_detail=comment.reason_detail,
        batch=batch,
    )


def tell(made: list[Decision], by, became: str) -> None:
    """One event for all that was decided at once; the decisions themselves are the long version.

    What the site decides by its rules is nobody's deed, and only a line of the log.
    """
    if by is None and any(decision.via != Decision.Via.AUTHOR for decision in made):
        for decision in made:
            logger.info("comment %s: %s -> %s", decision.comment_id, decision.was, became)
    elif len(made) == 1:
        about = {"was": made[0].was, "via": str(made[0].via), "batch": str(made[0].batch)}
        recording.record(f"comments.comment_{became}", made[0].comment, actor=by, **about)
    elif made:
        about = {"count": len(made), "via": str(made[0].via), "batch": str(made[0].batch)}
        recording.record(f"comments.many_{became}", actor=by, **about)


def tell_undone(undone: list[Decision], by, via: str) -> None:
    about = {"via": str(via), "batches": sorted({str(decision.batch) for decision in undone})}
    if len(undone) == 1:
        comment = Comment(pk=undone[0].comment_id)
        recording.record("comments.decision_undone", comment, actor=by, **about)
    elif undone:
        recording.record("comments.decisions_undone", actor=by, count=len(undone), **about)


def set_status(comments: list[Comment], status: str, reason: str, detail: str = "") -> None:
    """Give these columns to `comments`, here and in the database, and nothing else.

    Not the rest of the row: its author may be editing the text.
    """
    columns = {"status": status, "reason": reason, "reason_detail": detail}
    if status == Status.APPROVED:
        columns["approved_at"] = Coalesce("approved_at", timezone.now())
    Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(**columns)
    for comment in comments:
        comment.status, comment.reason, comment.reason_detail = status, reason, detail
        if status == Status.APPROVED:
            comment.approved_at = comment.approved_at or timezone.now()


def restore(comments: list[Comment]) -> None:
    """Store the former status that `comments` have again, and let the filter know."""
    alike = defaultdict(list)
    for comment in comments:
        alike[comment.status, comment.reason, comment.reason_detail].append(comment)
    for (status, reason, detail), some in alike.items():
        set_status(some, status, reason, detail)
    teach_filter(
        [(each, each.status if each.reason == reasons.MODERATOR else "") for each in comments]
    )


def teach_filter(decided: list[tuple[Comment, str]]) -> None:
    """Let the filter learn what somebody decided, and forget what it had learnt before."""
    lessons = [(comment, LESSONS.get(status, "")) for comment, status in decided]
    spam.learn_all([each for each in lessons if each[1] or each[0].trained_as])


def announce(made: list[Decision], comments: Iterable[Comment]) -> None:
    """Tell readers; of what never was, and did not become, visible there is nothing to tell."""
    changed = seen_of(made, comments)
    for comment in changed:
        if comment.status == Status.APPROVED:
            notices.comment_approved(comment)
    notices.comments_hidden(each for each in changed if each.status != Status.APPROVED)
    if changed:
        Discussion.refresh({comment.post_id for comment in changed})


def seen_of(made: list[Decision], comments: Iterable[Comment]) -> list[Comment]:
    """Those of `comments` that readers saw before these decisions, or see now."""
    seen = {each.comment_id for each in made if Status.APPROVED in {each.was, each.became}}
    return [comment for comment in comments if comment.pk in seen]


def portions(keys: list) -> Iterator[list]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
