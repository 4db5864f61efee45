"""Links to drafts for people without a login: made, opened, withdrawn, and over once published."""

from posts.draft_links.links import (
    close_published,
    forget_old,
    is_backed,
    make,
    note_opening,
    revoke,
)
from posts.draft_links.tokens import address_of, find

__all__ = [
    "address_of",
    "close_published",
    "find",
    "forget_old",
    "is_backed",
    "make",
    "note_opening",
    "revoke",
]
