"""Notices to subscribers: somebody answered, or began a thread."""

from django.db.models import Exists, OuterRef, QuerySet

from comments.mail import emails, links, subscriptions
from comments.mail.delivery import DAY, HOUR
from comments.models import Address, Comment, CommentSettings, Notice, Subscription


class Answers:
    """See `delivery.Channel`."""

    kind = Notice.Kind.ANSWER

    def __init__(self):
        rules = CommentSettings.load()
        self.limits = [(rules.mails_an_hour, HOUR), (rules.mails_a_day, DAY)]
        self.subscriptions = []

    def willing(self, addresses: QuerySet[Address]) -> QuerySet[Address]:
        return addresses.willing()

    def due(self, notices: QuerySet[Notice]) -> QuerySet[Notice]:
        """What readers can still see, for those who still wish to hear of it."""
        # Not by a join: a database without statistics would begin with all approved comments.
        is_public = Exists(Comment.objects.public().filter(pk=OuterRef("comment")))
        return subscriptions.still_wanted(notices).filter(is_public)

    def prepare(self, notices: list[Notice]) -> None:
        self.subscriptions = list(
            Subscription.objects.filter(
                address__in={notice.address_id for notice in notices},
                post__in={notice.comment.post_id for notice in notices},
                muted_at=None,
            )
        )

    def send(self, notices: list[Notice]) -> None:
        if len(notices) == 1:
            emails.answer(notices[0], self.widest(notices[0].address_id, notices[0].comment))
        else:
            widest = {self.widest(notice.address_id, notice.comment) for notice in notices}
            emails.answers(notices, widest.pop() if len(widest) == 1 else links.EVERYTHING)

    def widest(self, address_id: int, comment: Comment) -> Subscription:
        """The wish that mail about `comment` comes from: for the whole post, if there is one.

        Whoever ends that gets no more mail like this one, which ending the narrower would not do.
        """
        root = comment.thread_id or comment.pk
        fitting = [
            each
            for each in self.subscriptions
            if each.address_id == address_id
            and each.post_id == comment.post_id
            and each.thread_id in {None, root}
        ]
        return min(fitting, key=lambda each: each.thread_id is not None)
