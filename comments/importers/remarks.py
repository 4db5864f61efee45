"""The comments of a text that comes in from another system."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction

from comments import topics
from comments.models import Comment, Discussion, Status
from comments.models.comment import SITE_MAX_LENGTH, STORED_NAME_MAX_LENGTH
from posts.importers.archives.records import Decision, Markup, Remark, Sort, Text
from posts.models import Post
from posts.rendering.limits import MAX_VISITOR

STATUSES = {
    Decision.APPROVED: Status.APPROVED,
    Decision.PENDING: Status.PENDING,
    Decision.SPAM: Status.SPAM,
    Decision.REMOVED: Status.REMOVED,
}
KINDS = {
    Sort.COMMENT: Comment.Kind.COMMENT,
    Sort.PINGBACK: Comment.Kind.PINGBACK,
    Sort.TRACKBACK: Comment.Kind.TRACKBACK,
}
MAX_SOURCE = Comment._meta.get_field("source").max_length
is_address = URLValidator(schemes=["http", "https"])


def take_remarks(post: Post, text: Text, prefix: str) -> Counter:
    """Store the remarks of `text` that are not here yet; returns what was done, in numbers.

    They come as they were decided there: nobody is told of them, and no filter judges them.
    """
    if not text.remarks:
        return Counter()
    found = counted(text)
    del found["created"]
    with transaction.atomic(), topics.changing([post.pk]):
        made = Storing(post, f"{prefix}{text.key}#").store(in_order(text.remarks))
        if made:
            Discussion.refresh([post.pk])
    return found + Counter(created=len(made))


def counted(text: Text) -> Counter:
    """What a dry run tells of the remarks of `text`."""
    keys = {remark.key for remark in text.remarks}
    found = Counter(STATUSES[remark.decision].value for remark in text.remarks)
    found["created"] = len(text.remarks)
    found["orphans"] = sum(
        1 for remark in text.remarks if remark.parent and remark.parent not in keys
    )
    return found


def in_order(remarks: list[Remark]) -> list[Remark]:
    """Each after what it answers; what answers itself, by whatever way round, begins a thread."""
    by_key = {remark.key: remark for remark in remarks}
    ordered: dict[str, Remark] = {}
    for remark in remarks:
        above = []
        while remark and remark.key not in ordered and remark not in above:
            above.append(remark)
            remark = by_key.get(remark.parent)
        ordered |= {each.key: each for each in reversed(above)}
    return list(ordered.values())


class Storing:
    def __init__(self, post: Post, prefix: str):
        self.post = post
        self.prefix = prefix
        rows = Comment.objects.filter(source__startswith=prefix)
        self.known: dict[str, Comment] = {row.source: row for row in rows}

    def store(self, remarks: list[Remark]) -> list[int]:
        """The keys of those that are new."""
        made = []
        for remark in remarks:
            source = self.source_of(remark.key)
            if source not in self.known:
                self.known[source] = self.comment_of(remark, source)
                made.append(self.known[source].pk)
        return made

    def source_of(self, key: str) -> str:
        return f"{self.prefix}{key}"[-MAX_SOURCE:]

    def comment_of(self, remark: Remark, source: str) -> Comment:
        status = STATUSES[remark.decision]
        comment = Comment(
            post=self.post,
            parent=self.known.get(self.source_of(remark.parent)) if remark.parent else None,
            kind=KINDS[remark.sort],
            name=remark.name[:STORED_NAME_MAX_LENGTH],
            email=remark.email if is_email(remark.email) else "",
            site=remark.site if is_site(remark.site) else "",
            body=remark.body[:MAX_VISITOR],
            body_format=Comment.Format.HTML
            if remark.markup in {Markup.HTML, Markup.WORDPRESS}
            else Comment.Format.MARKDOWN,
            status=status,
            created_at=remark.created_at,
            edited_at=remark.edited_at,
            approved_at=remark.created_at if status == Status.APPROVED else None,
            source=source,
        )
        comment.save()
        return comment


def is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 254


def is_site(address: str) -> bool:
    try:
        is_address(address)
    except ValidationError:
        return False
    return len(address) <= SITE_MAX_LENGTH
