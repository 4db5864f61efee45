"""The trash: moving a text or picture there, bringing it back, and emptying it for good."""

from posts.trash.moving import move_to_trash, restore
from posts.trash.purging import purge, purge_one
from posts.trash.removing import remove, was_public

__all__ = ["move_to_trash", "purge", "purge_one", "remove", "restore", "was_public"]
