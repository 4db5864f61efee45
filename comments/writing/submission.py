"""Storing what somebody wrote: once, however often it is sent, and whole, or not at all."""

import hmac
import json
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction

from blogsite.prepared import Prepared
from comments import topics
from comments.mail import notices, subscriptions
from comments.models import Comment, CommentSettings, Discussion, Status
from comments.writing import policy
from comments.writing.forms import Wish


def submit(
    comment: Comment, circumstances: policy.Circumstances, rules: CommentSettings, wish: str = ""
) -> Comment:
    """Judge and store a new comment; raises policy.TooMany.

    Sent a second time, also while the first is on its way, it is stored no more: the answer is
    the comment that is there. `wish` is one of `forms.Wish`.
    """
    comment.submission_key = key_of(comment)
    if stored := find_stored(comment):
        return stored
    comment.render()
    apply(comment, policy.judge(comment, circumstances, rules))
    try:
        with transaction.atomic():
            with topics.changing([comment.post_id] if comment.is_approved else []):
                comment.save(force_insert=True)
            announce(comment)
            keep_wish(comment, wish)
    except IntegrityError:
        if stored := find_stored(comment):
            return stored
        raise
    return comment


def key_of(comment: Comment) -> str:
    """The same for the same words by the same person in answer to the same.

    A guest is the same person at the same network address only: otherwise whoever repeats a
    comment with a guessed e-mail would learn from the answer whether it is the author's.
    """
    guest = [comment.name.lower(), comment.email.lower(), comment.address_key]
    author = comment.member_id or guest
    message = json.dumps([comment.post_id, comment.parent_id, author, comment.body]).encode()
    key = f"comments.submission:{settings.SECRET_KEY}".encode()
    return hmac.new(key, message, sha256).hexdigest()


def find_stored(comment: Comment) -> Comment | None:
    return next(iter(stored_with(key=comment.submission_key)), None)


@Prepared
def stored_with(key):
    # The key is unique: there is no order.
    return Comment.objects.filter(submission_key=key).order_by()[:1]


def apply(comment: Comment, verdict: policy.Verdict) -> None:
    """Fill the columns that say what became of the comment, and why."""
    comment.status = verdict.status
    comment.reason, comment.reason_detail = verdict.reason, verdict.detail[:200]
    comment.score, comment.evidence = verdict.score, verdict.evidence
    if comment.is_approved:
        comment.approved_at = comment.created_at


def announce(comment: Comment) -> None:
    """Tell whom it concerns: readers of what shows, moderators of what waits, nobody of spam."""
    if comment.is_approved:
        Discussion.grow(comment)
        notices.comment_approved(comment)
    elif comment.is_pending:
        notices.comment_waits(comment)


def keep_wish(comment: Comment, wish: str) -> None:
    if wish not in {Wish.THREAD, Wish.POST} or comment.status == Status.SPAM:
        return
    thread = comment if wish == Wish.THREAD else None
    subscriptions.subscribe(comment.author_email, comment.post, thread, comment.member)
