"""Forgetting everything, and learning it again from what moderators decided."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from comments.models import Comment, Status
from comments.spam import counts
from comments.spam.learning import GOOD, SPAM, Changes, keys_of, remember

AT_ONCE = 500  # comments in memory
VERDICTS = {Status.APPROVED: GOOD, Status.SPAM: SPAM}


@dataclass
class Report:
    good: int = 0
    spam: int = 0


@transaction.atomic
def retrain(imported: bool = False, progress: Callable = iter) -> Report:
    """Read every comment anew whose verdict a moderator gave.

    With `imported` also those that came from another system approved or as spam. All or nothing:
    cut off in the middle, the filter still knows what it knew.
    """
    counts.lock()
    chosen = _chosen(imported)
    counts.clear()
    report = Report()
    last = 0
    for _start in progress(range(0, chosen.count(), AT_ONCE)):
        comments = list(chosen.filter(pk__gt=last)[:AT_ONCE])
        if not comments:
            break  # some were deleted meanwhile
        _learn(comments, report)
        last = comments[-1].pk
    return report


def _chosen(imported: bool):
    wanted = ~Q(trained_as="")
    if imported:
        wanted |= ~Q(source="") & Q(status__in=list(VERDICTS))
    return Comment.objects.with_people().filter(wanted).order_by("pk")


def _learn(comments: list[Comment], report: Report) -> None:
    changes = Changes()
    for comment in comments:
        comment.trained_as = comment.trained_as or VERDICTS[comment.status]
        keys = keys_of(comment)
        comment.trained_tokens = counts.packed(keys)
        changes.add(comment.trained_as, keys, 1)
        report.good += comment.trained_as == GOOD
        report.spam += comment.trained_as == SPAM
    counts.move(changes.deltas)
    remember(comments)
