"""The comments' part of the page that shows the trash; moderators decide there as in the queue."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments import reasons
from comments.models import MODERATE, Comment, Decision, Status
from posts.trash.kinds import KINDS, Entry, Kind


def rows_for(status: Status, user):
    """Newest comments first: that order is in the index. Emptied ones are nobody's any more."""
    if not user.has_perm(MODERATE):
        return None
    hidden = Comment.objects.filter(status=status).exclude(body="")
    return hidden.with_people().order_by("-created_at", "-pk")


def entries(rows: list[Comment], user) -> list[Entry]:
    decided = latest_decisions(rows)
    return [entry_of(comment, decided.get(comment.pk)) for comment in rows]


def latest_decisions(rows: list[Comment]) -> dict[int, Decision]:
    """The decision by which each comment came here, in one query."""
    about = Decision.objects.filter(comment__in=[row.pk for row in rows], undone_by=None)
    oldest_first = about.select_related("by").order_by("pk")
    status_of = {row.pk: row.status for row in rows}
    return {
        each.comment_id: each for each in oldest_first if each.became == status_of[each.comment_id]
    }


def entry_of(comment: Comment, decision: Decision | None) -> Entry:
    undo = f"{reverse('admin:comments_undo')}?decision={decision.pk}" if decision else ""
    return Entry(
        name=str(comment),
        address=reverse("admin:comments_comment_change", args=[comment.pk]),
        when=decision.made_at if decision else comment.created_at,
        who=who_decided(decision),
        why=str(reasons.SENTENCES.get(comment.reason, "")),
        restore=undo,
    )


def who_decided(decision: Decision | None) -> str:
    if decision and decision.by:
        return decision.by.name
    return _("the site itself") if not decision or decision.via == Decision.Via.SITE else ""


KINDS += [
    Kind("comment", gettext_lazy("Comments"), partial(rows_for, Status.REMOVED), entries),
    Kind("spam", gettext_lazy("Spam"), partial(rows_for, Status.SPAM), entries),
]
