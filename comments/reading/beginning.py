"""A discussion and what readers see of it, in one query."""

from django.contrib.auth import get_user_model
from django.db.models import FilteredRelation, Model, Q

from blogsite.prepared import Prepared
from comments.models import Comment, Discussion, Status
from comments.models.comment import UNREAD, UNREAD_OF_MEMBERS


def columns(model: type[Model], without: tuple[str, ...] = ()) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in without]


DISCUSSION = columns(Discussion)
COMMENT = columns(Comment, UNREAD)
MEMBER = columns(get_user_model(), UNREAD_OF_MEMBERS)


def beginning(post: int, most: int) -> tuple[Discussion | None, list[Comment]]:
    """The discussion of the post with that key, and up to `most` approved comments in no order.

    There is no discussion before the first comment.
    """
    rows = rows_of(most, post=post)
    if not rows:
        return None, []
    of_comment, of_member = len(DISCUSSION), len(DISCUSSION) + len(COMMENT)
    discussion = Discussion.from_db("default", DISCUSSION, rows[0][:of_comment])
    comments, members = [], {None: None}
    for row in rows if rows[0][of_comment] else []:
        comment = Comment.from_db("default", COMMENT, row[of_comment:of_member])
        if comment.member_id not in members:
            found = get_user_model().from_db("default", MEMBER, row[of_member:])
            members[comment.member_id] = found
        comment.member = members[comment.member_id]
        comments.append(comment)
    return discussion, comments


@Prepared
def rows_of(most, *, post):
    """Columns of the discussion, then of a comment and of its member, or None for these."""
    approved = Q(post__comments__status=Status.APPROVED)
    found = Discussion.objects.filter(pk=post).annotate(
        shown=FilteredRelation("post__comments", condition=approved)
    )
    comment = [f"shown__{name}" for name in COMMENT]
    member = [f"shown__member__{name}" for name in MEMBER]
    return found.values_list(*DISCUSSION, *comment, *member)[:most]
