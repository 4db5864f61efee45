"""Threads as readers see them: who answers whom, to a depth that a phone has room for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from comments.models import Comment

# Levels below the first comment that are drawn as such. What is deeper stands at the deepest level
# in the order of its writing and says whom it answers, so a thread of any depth stays readable,
# and drawing it never runs deeper than this.
DEEPEST = 4


@dataclass(eq=False)
class Node:
    """One comment at its place in a thread."""

    comment: Comment
    level: int = 0
    answers: list["Node"] = field(default_factory=list)
    # The list that this node is itself in.
    beside: list["Node"] = field(default_factory=list, repr=False)
    # Whom it answers, where the place does not show it.
    answered: Comment | None = None
    is_stray: bool = False  # whom it answers is on another page
    is_stub: bool = False  # not for readers, but an answer to it is
    is_mine: bool = False
    may_change: bool = False
    left_out: int = 0  # answers that only the pages of the thread itself have

    @property
    def name(self) -> str:
        return self.comment.shown_name

    @property
    def answered_name(self) -> str:
        return self.answered.shown_name

    @property
    def is_mention(self) -> bool:
        return self.comment.kind != Comment.Kind.COMMENT

    @property
    def answered_address(self) -> str:
        """Where the comment is that this one answers."""
        here = f"#comment-{self.answered.pk}"
        return self.answered.get_absolute_url() if self.is_stray else here

    @property
    def size(self) -> int:
        """How many comments stand below this one."""
        return sum(node.size + (not node.is_stub) for node in self.answers)


def grow(rows: Iterable[Comment], mine: Collection[int] = ()) -> list[Node]:
    """The comments in `rows` as trees, oldest first; `mine` are keys of the visitor's own.

    A comment that is not for this visitor is a stub where there is an answer to it that is, and
    nowhere otherwise. One whose parent is not in `rows` stands below the first of its thread, or
    at the top where that is not there either.
    """
    # A comment is always older than its answers, in the order of the keys.
    rows = sorted(rows, key=lambda row: row.pk)
    shown = {row.pk for row in rows if row.is_approved or row.pk in mine}
    kept = with_ancestors(rows, shown)
    nodes: dict[int, Node] = {}
    top: list[Node] = []
    for row in rows:
        if row.pk in kept:
            node = Node(row, is_stub=row.pk not in shown, is_mine=row.pk in mine)
            place(node, nodes.get(row.parent_id) or nodes.get(row.thread_id), top)
            nodes[row.pk] = node
    for siblings in [top, *(node.answers for node in nodes.values())]:
        siblings.sort(key=lambda node: (node.comment.created_at, node.comment.pk))
    return top


def with_ancestors(rows: list[Comment], shown: set[int]) -> set[int]:
    """The keys in `shown`, and of all that these answer."""
    kept = set(shown)
    for row in reversed(rows):
        if row.pk in kept and row.parent_id:
            kept.add(row.parent_id)
    return kept


def place(node: Node, parent: Node | None, top: list[Node]) -> None:
    """Put `node` below its parent, or beside it where that is as deep as it goes."""
    if parent is None:
        node.beside = top
    elif parent.level < DEEPEST:
        node.beside, node.level = parent.answers, parent.level + 1
    else:
        node.beside, node.level = parent.beside, parent.level
        node.answered = None if parent.is_stub else parent.comment
    node.beside.append(node)


def walk(nodes: list[Node]) -> Iterable[Node]:
    """All nodes, each before its answers."""
    for node in nodes:
        yield node
        yield from walk(node.answers)
