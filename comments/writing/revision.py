"""What an author does to a comment of their own: changing and withdrawing it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from comments import moderation, reasons, searching, topics
from comments.mail import notices
from comments.models import Comment, CommentSettings, Decision, Discussion, Status
from comments.writing import policy


class Settled(Exception):
    """A moderator took the comment off meanwhile."""


def change(
    comment: Comment, body: str, circumstances: policy.Circumstances, rules: CommentSettings
) -> Comment:
    """Give `comment` another text and judge it anew; raises Settled.

    It comes back as it is then: what was approved may wait again, what waits or is spam
    stays that. Who approved the old text has not seen the new one.
    """
    if body == comment.body:
        return comment
    comment.body = body
    comment.render()
    # Before the transaction: asking Akismet takes time, in which nobody else could write.
    verdict = policy.judge(comment, circumstances, rules)
    with transaction.atomic():
        [stored] = moderation.locked([comment])
        if not (stored.is_approved or stored.seems_to_wait):
            raise Settled
        with topics.changing([stored.post_id] if stored.is_approved else []):
            store_text(comment, verdict)
        change_status(stored, verdict)
    return stored


def store_text(comment: Comment, verdict: policy.Verdict) -> None:
    """These columns and nothing else: a moderator may decide at the same time."""
    Comment.objects.filter(pk=comment.pk).update(
        body=comment.body,
        body_html=comment.body_html,
        renderer_version=comment.renderer_version,
        edited_at=timezone.now(),
        score=verdict.score,
        evidence=verdict.evidence,
        submission_key=None,  # the old words may be sent as a comment of their own
    )
    searching.keep_in_step([comment.pk])


def change_status(stored: Comment, verdict: policy.Verdict) -> None:
    """Change the status if the new text asks for it, and tell whom it concerns."""
    was_approved = stored.is_approved
    if verdict.status == Status.SPAM:
        moderation.decide([stored], Status.SPAM, via=Decision.Via.SITE, reason=verdict.reason)
    elif was_approved and verdict.status == Status.PENDING:
        moderation.decide([stored], Status.PENDING, via=Decision.Via.SITE, reason=reasons.EDITED)
        notices.comment_waits(stored)
    elif was_approved:
        Discussion.refresh([stored.post_id])
    stored.refresh_from_db()


@transaction.atomic
def withdraw(comment: Comment, by: User | None) -> None:
    """Remove `comment` at its author's wish; the same words may be sent again later."""
    moderation.decide([comment], Status.REMOVED, by, via=Decision.Via.AUTHOR, reason=reasons.AUTHOR)
    Comment.objects.filter(pk=comment.pk).update(submission_key=None)
