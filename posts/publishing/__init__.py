"""From a draft to what readers see: states, reviews, times, and scheduled edits.

Whatever makes a text public or takes it back goes through here, for each such deed has an event in
the record and perhaps a mail, in the same transaction.
"""

from posts.publishing.reviewing import send_back, submit, take_back
from posts.publishing.states import Blocked, expire_at, publish, unpublish

__all__ = [
    "Blocked",
    "expire_at",
    "publish",
    "send_back",
    "submit",
    "take_back",
    "unpublish",
]
