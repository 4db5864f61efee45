"""What a text was each time it was saved: keeping it, comparing, bringing it back.

    revisions.remember_found(post.pk, Post)  # before the change
    ...
    revisions.keep(post, by=user, reason=Revision.Reason.MERGED)  # after it, tags and authors too

Both belong into the transaction that changes the text. See docs/writing.md.
"""

from posts.revisions.keeping import found, keep, keep_change, of, remember_found

__all__ = ["found", "keep", "keep_change", "of", "remember_found"]
