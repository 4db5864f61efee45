"""Notices to moderators: a comment waits for their decision."""

from collections import Counter

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.second_step import demand
from comments import authors
from comments.mail import emails
from comments.mail.delivery import HOUR
from comments.models import (
    MODERATE,
    Address,
    Comment,
    CommentSettings,
    Decision,
    Notice,
    Status,
)


def moderators() -> QuerySet[User]:
    """Everybody who may decide about comments now and has an e-mail."""
    allowed = ModelBackend().with_perm(MODERATE)  # active people, superusers among them
    return demand.without_missing(allowed.filter(is_staff=True).exclude(email=None))


class Waiting:
    """See `delivery.Channel`."""

    kind = Notice.Kind.WAITING

    def __init__(self):
        self.limits = [(CommentSettings.load().moderator_mails_an_hour, HOUR)]
        self.moderators = {user.email.lower(): user for user in moderators()}
        self.last_decisions = {}
        self.histories = {}

    def willing(self, addresses: QuerySet[Address]) -> QuerySet[Address]:
        return addresses.filter(waiting_stopped_at=None, email__in=list(self.moderators))

    def due(self, notices: QuerySet[Notice]) -> QuerySet[Notice]:
        # Not by a join; see Answers.due.
        return notices.filter(Exists(Comment.objects.pending().filter(pk=OuterRef("comment"))))

    def prepare(self, notices: list[Notice]) -> None:
        comments = [notice.comment for notice in notices]
        self.last_decisions = last_decisions(comments)
        self.histories = histories(comments)

    def send(self, notices: list[Notice]) -> None:
        comment = notices[0].comment
        moderator = self.moderators[notices[0].address.email]
        if len(notices) == 1:
            history, last = self.histories[comment.pk], self.last_decisions.get(comment.pk, 0)
            emails.waiting(notices[0], moderator, history, last)
        else:
            emails.waiting_together(notices, moderator, self.last_decisions)


def last_decisions(comments: list[Comment]) -> dict[int, int]:
    """The key of the newest decision about each of `comments` that had one."""
    decisions = Decision.objects.filter(comment__in={comment.pk for comment in comments})
    newest = decisions.order_by().values("comment").annotate(newest=Max("pk"))
    return dict(newest.values_list("comment", "newest"))


def histories(comments: list[Comment]) -> dict[int, str]:
    """What became of the other comments by whoever wrote each of `comments`, in a few words."""
    counts = authors.histories(comments)
    return {
        comment.pk: in_words(counts[comment.pk] - Counter([comment.status])) for comment in comments
    }


def in_words(counts: Counter) -> str:
    told = [
        f"{counts[status]} {label.lower()}" for status, label in Status.choices if counts[status]
    ]
    return ", ".join(told) or _("none")
