"""Comments of Ghost's members."""

from collections.abc import Iterator
from datetime import datetime

from posts.importers.archives.records import Decision, Remark
from posts.importers.archives.values import line_of, moment_of, text_of
from posts.importers.ghost.conversion import relative
from posts.importers.ghost.index import Index

DECISIONS = {
    "published": Decision.APPROVED,
    "hidden": Decision.REMOVED,  # by an editor
    "deleted": Decision.REMOVED,  # by who wrote it
}


def remarks(index: Index, post: str, otherwise: datetime | None) -> Iterator[Remark]:
    """Those of a post. `otherwise` is the moment of one without a date; without it, it is lost."""
    for row in index.of("comments", post):
        created_at = moment_of(row.get("created_at")) or otherwise
        if created_at:
            yield remark(index, row, created_at)


def remark(index: Index, row: dict, created_at: datetime) -> Remark:
    member = index.first("members", text_of(row.get("member_id")))
    return Remark(
        key=text_of(row.get("id")),
        body=relative(text_of(row.get("html"))),
        created_at=created_at,
        decision=DECISIONS.get(text_of(row.get("status")), Decision.PENDING),
        # A reply names the top of its thread, and since Ghost 5.101 also what it answers.
        parent=text_of(row.get("in_reply_to_id")) or text_of(row.get("parent_id")),
        name=line_of(member.get("name")),
        email=line_of(member.get("email")),
        edited_at=moment_of(row.get("edited_at")),
    )
