"""Whether a comment is by whoever asks."""

from blogsite import personal
from comments.models import Comment
from comments.writing.guests import Guest


def is_author(request, comment: Comment, guest: Guest | None = None) -> bool:
    """Of a member the session proves it, of a guest the signed cookie; `guest` stands for that."""
    if comment.member_id is None:
        return (guest or Guest.from_request(request)).wrote(comment)
    member = personal.member_of(request)
    return member is not None and member.pk == comment.member_id
