"""What comments keep about a member."""

from collections.abc import Iterator

from accounts.models import User
from accounts.personal_data import PARTS
from comments.models import Address, Comment, Decision, Status

# What the site decided by itself is left out: whoever sends spam must not learn what gave it away.
BY_PEOPLE = [Decision.Via.QUEUE, Decision.Via.MAIL, Decision.Via.AUTHOR]


def comments(user: User) -> tuple[str, Iterator]:
    mine = Comment.objects.filter(member=user).select_related("post").order_by("pk")
    rows = mine.prefetch_related("decisions").iterator(chunk_size=200)
    return "comments", (facts_of(comment) for comment in rows)


def facts_of(comment: Comment) -> dict:
    return {
        "address": comment.permalink,
        "post": comment.post.title,
        "answers": comment.parent_id,
        "key": comment.pk,
        "text": comment.body,
        "format": comment.body_format,
        "status": Status.PENDING.value if comment.seems_to_wait else comment.status,
        "written_at": comment.created_at,
        "edited_at": comment.edited_at,
        "approved_at": comment.approved_at,
        "decisions": [
            {"at": each.made_at, "before": each.was, "after": each.became}
            for each in comment.decisions.all()
            if each.via in BY_PEOPLE
        ],
    }


def mail(user: User) -> tuple[str, dict]:
    address = Address.objects.of_emails([user.email]).first() if user.email else None
    if address is None:
        return "comment_mail", {}
    wishes = address.subscriptions.select_related("post").order_by("pk")
    return "comment_mail", {
        "confirmed_at": address.confirmed_at,
        "stopped_at": address.stopped_at,
        "moderators_mail_stopped_at": address.waiting_stopped_at,
        "subscriptions": [
            {
                "post": wish.post.title,
                "thread": wish.thread_id,
                "since": wish.created_at,
                "muted_at": wish.muted_at,
            }
            for wish in wishes
        ],
    }


PARTS += [comments, mail]
