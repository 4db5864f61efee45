"""Who somebody is as far as comments tell: a member by their account, a guest by their e-mail."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q

from comments.models import Comment, Standing

Person = tuple[str, str]  # what somebody is known by, and its value, as in `Standing`


def person_of(comment: Comment) -> Person | None:
    """Whoever wrote it; None for a guest without an e-mail, whom nothing tells from others."""
    if comment.member_id:
        return Standing.Of.MEMBER.value, str(comment.member_id)
    if comment.email:
        return Standing.Of.EMAIL.value, comment.email.lower()
    return None


def by_same_author(comment: Comment) -> Q:
    """All that the author of `comment` wrote, and the comment itself."""
    if comment.member_id:
        return Q(member=comment.member_id)
    if comment.email:
        return Q(member=None, email__in={comment.email, comment.email.lower()})
    return Q(pk=comment.pk)


def histories(comments: Iterable[Comment]) -> dict[int, Counter]:
    """How many comments in each status the author of each comment has written, by its key.

    Two queries for any number of comments, both answered from an index.
    """
    comments = list(comments)
    members = {comment.member_id for comment in comments if comment.member_id}
    # As they are spelt, for the index; the forms store them in lower case.
    emails = {comment.email for comment in comments if comment.email and not comment.member_id}
    by_member = counted(Comment.objects.filter(member__in=members), "member_id")
    by_email = counted(Comment.objects.filter(email__in=emails), "email")
    return {
        comment.pk: by_member[comment.member_id] if comment.member_id else by_email[comment.email]
        for comment in comments
    }


def counted(comments, column: str) -> dict[object, Counter]:
    counts = defaultdict(Counter)
    rows = comments.order_by().values_list(column, "status").annotate(count=Count("pk"))
    for value, status, count in rows:
        counts[value][status] = count
    return counts


def standings(comments: Iterable[Comment]) -> dict[Person, Standing]:
    """What moderators said of the authors of `comments`, and of where they wrote from."""
    known = {person_of(comment) for comment in comments} - {None}
    known |= {(Standing.Of.ADDRESS.value, c.address_key) for c in comments if c.address_key}
    values = {value for _of, value in known}
    # With all kinds named, for the index begins with the kind.
    rows = Standing.objects.filter(of__in=Standing.Of.values, value__in=values)
    return {(row.of, row.value): row for row in rows if (row.of, row.value) in known}
