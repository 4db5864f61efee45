"""Plain makers of rows for tests. A test passes what it is about; the rest is dull."""

from itertools import count

from comments.models import Comment, Discussion, Status
from posts.tests.factories import make_post

numbers = count(1)


def make_comment(post=None, **fields) -> Comment:
    """An approved comment by a new guest under a new published post, unless told otherwise."""
    number = next(numbers)
    parent = fields.get("parent")
    defaults = {
        "name": f"Guest {number}",
        "email": f"guest{number}@example.org",
        "body": f"Comment {number}.",
        "status": Status.APPROVED,
    }
    if fields.get("member"):
        defaults.update(name="", email="")
    comment = Comment.objects.create(
        post=post or (parent.post if parent else make_post()), **defaults | fields
    )
    Discussion.refresh([comment.post_id])
    return comment
