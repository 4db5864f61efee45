"""What kept pages know of comments: one topic for each discussion, and one for all of them.

A page that reads or changes comments without saying so here is no less right: it is then about the
whole tables, so a page with comments is made anew more often than it need be.
"""

from collections.abc import Iterable

from blogsite.pagecache import about

TABLES = ("comments_comment", "comments_discussion")
ALL = "discussions"
NOBODYS = "comments that no reader sees"


def reading(post_keys: Iterable[int]):
    """What the block reads is what readers see under these posts."""
    return about(*map(_of, sorted(post_keys)), tables=TABLES)


def reading_all():
    """What the block reads is what readers see under any post."""
    return about(ALL, tables=TABLES)


def changing(post_keys: Iterable[int]):
    """What the block writes is seen under these posts and nowhere else; without any, by nobody."""
    topics = list(map(_of, sorted(set(post_keys))))
    return about(*([ALL, *topics] if topics else [NOBODYS]), tables=TABLES)


def _of(post_key: int) -> str:
    return f"discussion:{post_key}"
