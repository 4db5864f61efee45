"""What a visitor has written under a post lately, as far as their browser can prove it."""

from django.db.models import Q
from django.utils import timezone

from blogsite import personal
from blogsite.personal import member_of
from comments.models import Comment
from comments.models.comment import SEEMS_TO_WAIT
from comments.writing.guests import EDIT_WINDOW, Guest, is_changeable
from posts.models import Post


def own_comments(request, post: Post) -> list[Comment]:
    """The visitor's comments under `post` that wait, or that they may still change.

    Where there are any, and for everyone who is signed in, the page is theirs alone.
    """
    member, guest = member_of(request), Guest.from_request(request)
    if member:
        personal.mark(request)
    if not member and not guest.comment_keys:
        return []
    by_them = Q(member=None, pk__in=guest.comment_keys)
    if member:
        by_them |= Q(member=member)
    recent = SEEMS_TO_WAIT | Q(created_at__gte=timezone.now() - EDIT_WINDOW)
    found = Comment.objects.for_reading().filter(by_them, recent, post=post.pk)
    own = [row for row in found if row.member_id or guest.wrote(row)]
    if own:
        personal.mark(request)
    return [row for row in own if row.seems_to_wait or is_changeable(row)]
