"""Learning from moderators' decisions, and forgetting what was decided otherwise later.

`Comment.trained_as` says what was learnt of a comment, `trained_tokens` from which tokens. So a
lesson is taken back exactly, also when the text was edited or the filter reads it differently.
"""

from collections.abc import Iterable

from django.db import transaction

from comments import topics
from comments.models import Comment
from comments.models.spam import TOTALS_KEY
from comments.spam import counts
from comments.spam.sample import Sample
from comments.spam.tokens import key_of, tokens_of

GOOD, SPAM, NOTHING = "good", "spam", ""
STEPS = {GOOD: (1, 0), SPAM: (0, 1), NOTHING: (0, 0)}


@transaction.atomic
def learn_all(lessons: Iterable[tuple[Comment, str]]) -> list[Comment]:
    """Take each (comment, "good", "spam" or "" to forget it) to heart; those that were news.

    Safe to repeat. The statements stay few, however many lessons come together.
    """
    wanted = {comment.pk: (comment, verdict) for comment, verdict in lessons}
    if not wanted:
        return []
    counts.lock()
    before = _what_was_learnt(wanted)
    news = [
        (comment, verdict)
        for pk, (comment, verdict) in wanted.items()
        if pk in before and verdict != before[pk][0]
    ]
    changes = Changes()
    for comment, verdict in news:
        learnt_as, memory = before[comment.pk]
        changes.add(learnt_as, counts.unpacked(memory), -1)
        keys = keys_of(comment) if verdict else []
        changes.add(verdict, keys, 1)
        comment.trained_as, comment.trained_tokens = verdict, counts.packed(keys)
    counts.move(changes.deltas)
    remember([comment for comment, _verdict in news])
    return [comment for comment, _verdict in news]


class Changes:
    """By how much each count is to move."""

    def __init__(self):
        self.deltas: counts.Deltas = {}

    def add(self, verdict: str, keys: Iterable[int], direction: int) -> None:
        if verdict == NOTHING:
            return
        good, spam = (direction * step for step in STEPS[verdict])
        for key in (TOTALS_KEY, *keys):
            old_good, old_spam = self.deltas.get(key, (0, 0))
            self.deltas[key] = (old_good + good, old_spam + spam)


def keys_of(comment: Comment) -> set[int]:
    return {key_of(token) for token in tokens_of(Sample.of(comment))}


def remember(comments: list[Comment]) -> None:
    """Store what was learnt of `comments`, and none of their other columns."""
    with topics.changing([]):
        Comment.objects.bulk_update(comments, ["trained_as", "trained_tokens"], batch_size=100)


def _what_was_learnt(pks: Iterable[int]) -> dict[int, tuple[str, bytes]]:
    """As it is stored now, for the rows at hand may be older than the lock."""
    rows = Comment.objects.filter(pk__in=list(pks))
    return {
        pk: (learnt_as, memory)
        for pk, learnt_as, memory in rows.values_list("pk", "trained_as", "trained_tokens")
    }
