"""Who is to hear of what happens to a comment.

Called where it happens, in the same transaction, these only leave a job behind: whom to tell is
worked out later, so that nobody who writes or decides waits for it.
"""

from collections.abc import Iterable

from blogsite.outgoing import mail
from blogsite.outgoing.jobs import job
from comments.mail import delivery, emails, subscriptions
from comments.mail.answers import Answers
from comments.mail.waiting import Waiting
from comments.models import Address, Comment, Notice

AT_ONCE = 1000  # mails in one statement; databases take only so many values


def comment_approved(comment: Comment) -> None:
    """Tell those who wished to hear of new comments here; called in the deciding transaction."""
    tell_subscribers.enqueue(comment.pk)


def comments_hidden(comments: Iterable[Comment]) -> None:
    """Take back the mails about comments that readers see no more, as far as they still wait.

    Of those in one mail with others only their link stops working. Shown again, they are told
    of again. Called in the deciding transaction.
    """
    told = Notice.objects.filter(comment__in=list(comments), kind=Notice.Kind.ANSWER)
    keys = list(told.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        causes = {emails.answer_cause(key): key for key in keys[start : start + AT_ONCE]}
        taken_back = mail.withdraw(causes)
        Notice.objects.filter(pk__in=[causes[cause] for cause in taken_back]).delete()


def comment_waits(comment: Comment) -> None:
    """Tell the moderators that a comment waits; called in the transaction that stores it."""
    tell_moderators.enqueue(comment.pk)


@job
def tell_subscribers(comment_id: int) -> None:
    """Tell of a comment, if readers can see it; whoever wrote it is asked whether mail may come."""
    comment = Comment.objects.public().with_people().filter(pk=comment_id).first()
    if comment is None:
        return
    subscriptions.ask_author(comment)
    hearers = subscriptions.hearers(comment).order_by("pk").values_list("pk", flat=True)
    delivery.tell(Answers(), comment, list(hearers))


@job
def tell_moderators(comment_id: int) -> None:
    """Tell of a comment, if it still waits."""
    comment = Comment.objects.pending().filter(pk=comment_id).first()
    if comment is None:
        return
    channel = Waiting()
    addresses = Address.objects.remember(channel.moderators).order_by("pk")
    delivery.tell(channel, comment, list(addresses.values_list("pk", flat=True)))


def tell_what_waited() -> None:
    """Send the digests that have become due."""
    delivery.tell_waiting(Answers())
    delivery.tell_waiting(Waiting())
