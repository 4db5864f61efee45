"""What the queue shows of one comment."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from comments import authors, reasons
from comments.models import Comment, Standing, Status
from posts.models import Post

LONG = 900  # characters of a text of which the queue at first shows the beginning
MANY_LINES = 16
EVIDENCE = 5  # signs that are named


def for_queue(comments):
    """The queryset `comments` with all that a row shows, in a fixed number of queries."""
    posts = Post.everything.without_text()
    return comments.select_related("member", "parent", "parent__member").prefetch_related(
        Prefetch("post", posts.select_related("discussion"))
    )


class Row:
    """One comment, who wrote it, and why it is where it is."""

    def __init__(self, comment: Comment, history: Counter, standings: dict):
        self.comment = comment
        self.counts = history
        self.person = authors.person_of(comment)
        self.standing = standings.get(self.person)
        self.place_standing = standings.get((Standing.Of.ADDRESS.value, comment.address_key))

    @property
    def history(self) -> list[tuple[str, int]]:
        """How many other comments of the same person are in which status, as words."""
        others = self.counts - Counter([self.comment.status])
        names = {
            Status.APPROVED: _("approved"),
            Status.PENDING: _("waiting"),
            Status.SPAM: _("spam"),
            Status.REMOVED: _("in the trash"),
        }
        return [(names[status], others[status]) for status in names if others[status]]

    @property
    def is_long(self) -> bool:
        body = self.comment.body
        return len(body) > LONG or body.count("\n") > MANY_LINES

    @property
    def reason(self) -> str:
        return reasons.SENTENCES.get(self.comment.reason, "")

    @property
    def evidence(self) -> list[tuple[str, bool]]:
        """What spoke most for or against spam, and whether for it."""
        signs = [sign for sign in self.comment.evidence if "what" in sign and "spam" in sign]
        return [(sign["what"], sign["spam"] >= 0.5) for sign in signs[:EVIDENCE]]

    @property
    def is_locked(self) -> bool:
        discussion = getattr(self.comment.post, "discussion", None)
        return bool(discussion and discussion.locked_at)


def rows_of(comments: Iterable[Comment]) -> list[Row]:
    """Rows for comments from `for_queue`, in three more queries however many there are."""
    comments = list(comments)
    histories, standings = authors.histories(comments), authors.standings(comments)
    return [Row(comment, histories[comment.pk], standings) for comment in comments]
