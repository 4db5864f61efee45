"""The filter that learns from the moderators: is it spam, why, and what did they say.

    score(comment).probability      0 to 1, or None while it knows nothing
    learn(comment, "spam")          in the transaction of the decision

See docs/spam.md.
"""

from collections.abc import Iterable

from comments.models import Comment
from comments.spam import akismet, counts
from comments.spam.filter import SPAM_FROM, Score, judge
from comments.spam.learning import learn_all as _learn_all
from comments.spam.sample import Sample
from comments.spam.tokens import key_of, tokens_of

__all__ = ["SPAM_FROM", "Score", "learn", "learn_all", "score"]


def score(comment: Comment) -> Score:
    """How likely `comment` is spam, and why; it may not be saved yet. One query."""
    tokens = tokens_of(Sample.of(comment))
    known, totals = counts.read(map(key_of, tokens))
    return judge(tokens, known, totals)


def learn(comment: Comment, verdict: str) -> None:
    """Take the verdict "good" or "spam" to heart; "" forgets what was learnt. Safe to repeat."""
    learn_all([(comment, verdict)])


def learn_all(lessons: Iterable[tuple[Comment, str]]) -> None:
    """Many at once, in few statements; Akismet hears of them as well where there is a key."""
    akismet.report_later(_learn_all(lessons))
