"""Forgetting everything, and learning it again from what moderators decided."""

from collections.abc import Callable, Iterable, Iterator
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
    keys = list(_chosen(imported).values_list("pk", flat=True))
    counts.clear()
    report = Report()
    for comments in _portions(progress(keys)):
        _learn(comments, report)
    return report


def _chosen(imported: bool):
    wanted = ~Q(trained_as="")
    if imported:
        wanted |= ~Q(source="") & Q(status__in=list(VERDICTS))
    return Comment.objects.filter(wanted).order_by("pk")


def _portions(keys: Iterable[int]) -> Iterator[list[Comment]]:
    portion = []
    for key in keys:
        portion.append(key)
        if len(portion) == AT_ONCE:
            yield _read(portion)
            portion = []
    if portion:
        yield _read(portion)


def _read(keys: list[int]) -> list[Comment]:
    return list(Comment.objects.with_people().filter(pk__in=keys).order_by("pk"))


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
