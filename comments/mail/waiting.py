"""Notices to moderators: a comment waits for their decision."""

from collections import defaultdict

from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments.mail import emails
from comments.mail.delivery import HOUR
from comments.models import Address, Comment, CommentSettings, Decision, Notice, Status

MODERATE = "comments.moderate_comment"


def moderators() -> QuerySet[User]:
    """Everybody who may decide about comments now and has an e-mail."""
    allowed = ModelBackend().with_perm(MODERATE)  # active people, superusers among them
    return allowed.filter(is_staff=True).exclude(email=None)


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
    authors = {author_key(comment) for comment in comments}
    members = {member for member, email in authors if member}
    guests = {email for member, email in authors if email}
    counts = defaultdict(dict)
    rows = (
        Comment.objects.filter(Q(member__in=members) | Q(member=None, email__in=guests))
        .order_by()
        .values_list("member", "email", "status")
        .annotate(count=Count("pk"))
    )
    for member, email, status, count in rows:
        counts[(member, "") if member else (None, email)][status] = count
    return {comment.pk: in_words(counts[author_key(comment)], comment) for comment in comments}


def author_key(comment: Comment) -> tuple[int | None, str]:
    return (comment.member_id, "") if comment.member_id else (None, comment.email)


def in_words(counts: dict[str, int], comment: Comment) -> str:
    others = counts | {comment.status: counts.get(comment.status, 0) - 1}
    told = [
        f"{others[value]} {label.lower()}"
        for value, label in Status.choices
        if others.get(value, 0) > 0
    ]
    return ", ".join(told) or _("none")
