"""The comments of a post in pages: which threads, how much of each, and in which order.

Whatever there is to show, a page costs the same few queries, and these read little more rows than
the page shows.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from blogsite.addresses import address
from comments.models import Comment, CommentSettings, Discussion, Status
from comments.reading.beginning import beginning
from comments.reading.trees import Node, grow, walk
from posts.models import Post

# What one sitting reads. At 500 characters each this is about 50 kB of text.
ALL_AT_ONCE = 100  # comments; a post with more has them in pages
THREADS_PER_PAGE = 30
ANSWERS_SHOWN = 15  # of one thread there, so that one quarrel does not fill the page
THREAD_PAGE = 100  # answers, on the pages that a longer thread has for itself
ON_EACH_SIDE = 2  # page numbers named around the present one

Order = CommentSettings.Order


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are, and need not count them."""

    def __init__(self, rows: QuerySet | list, size: int, count: int):
        super().__init__(rows, size)
        self.count = count


@dataclass
class Section:
    """The discussion under a post, and the part of it that a page shows.

    `thread` is the key of the thread whose own pages these are; None where all threads are shown.
    """

    post: Post
    order: str = ""
    thread: int | None = None
    page: Page | None = None
    nodes: list[Node] = field(default_factory=list)

    def __post_init__(self):
        self.order = self.order or self.usual_order

    @cached_property
    def discussion(self) -> Discussion:
        if not self.post.pk or Post.discussion.is_cached(self.post):
            found = getattr(self.post, "discussion", None)
        else:
            found, self.approved = beginning(self.post.pk, ALL_AT_ONCE + 1)
        # There is none before the first comment.
        self.post.discussion = found or Discussion(post=self.post)
        return self.post.discussion

    @cached_property
    def approved(self) -> list[Comment]:
        """All that is approved here, or one more than are shown at once."""
        return beginning(self.post.pk, ALL_AT_ONCE + 1)[1]

    @cached_property
    def rules(self) -> CommentSettings:
        return CommentSettings.load()

    @property
    def usual_order(self) -> str:
        return self.rules.order

    @property
    def count(self) -> int:
        return self.discussion.approved_count

    @property
    def in_pages(self) -> bool:
        return self.count > ALL_AT_ONCE

    @cached_property
    def paginator(self) -> Paginator:
        """Raises Comment.DoesNotExist where `thread` is none that readers see here."""
        if self.thread:
            shown_threads(self.post, self.order).only("pk").get(pk=self.thread)
            return Paginator(answers_in(self.thread).order_by("pk"), THREAD_PAGE)
        if not self.in_pages:
            # One page, which `read_all` reads.
            return CountedPaginator([], ALL_AT_ONCE, self.discussion.thread_count)
        threads = shown_threads(self.post, self.order)
        return CountedPaginator(threads, THREADS_PER_PAGE, self.discussion.thread_count)

    @property
    def shows_beginning(self) -> bool:
        """Whether this is the page that whoever follows a link to the discussion sees first."""
        return self.thread is None and (self.page is None or self.page.number == 1)

    def fill(self, page: Page | None = None, own: Iterable[Comment] = ()) -> "Section":
        """Read the comments of `page`, by default the first; `own` are the visitor's own."""
        self.page = self.paginator.page(1) if page is None else page
        rows = {row.pk: row for row in self.read()} if self.count else {}
        mine = {row.pk: row for row in own if self.has_place_for(row, rows)}
        self.nodes = grow((rows | mine).values(), mine.keys())
        for node in self.nodes:
            if getattr(node.comment, "cut", None):
                node.left_out = node.comment.answer_count - ANSWERS_SHOWN
        if self.order == Order.NEWEST:
            self.nodes.reverse()
        name_answered(self.nodes, rows.keys() | mine.keys())
        return self

    def has_place_for(self, own: Comment, rows: dict[int, Comment]) -> bool:
        """Whether a waiting comment of the visitor's own stands here: below what it answers.

        One that begins a thread, or whose thread is elsewhere, is on the first page.
        """
        return own.seems_to_wait and (own.parent_id in rows or self.shows_beginning)

    def read(self) -> list[Comment]:
        """What readers may see on this page, and the stubs that hold it together."""
        if not self.thread and not self.in_pages:
            return self.read_all()
        if self.thread:
            firsts = list(Comment.objects.for_reading().filter(pk=self.thread))
            answers = self.page.object_list.for_reading()
        else:
            firsts = list(with_cuts(self.page.object_list.for_reading()))
            answers = answers_to(firsts).for_reading()
        return [*firsts, *answers, *stubs_in(firsts).for_reading()]

    def read_all(self) -> list[Comment]:
        """All of a discussion that is not in pages; stubs are asked for where one is missed."""
        rows = self.approved
        here = {row.pk for row in rows}
        if all(row.parent_id in here for row in rows if row.parent_id):
            return rows
        missed = {row.thread_id for row in rows if row.thread_id} - here
        hidden = list(Comment.objects.filter(pk__in=missed).for_reading())
        firsts = [row for row in rows if not row.thread_id] + hidden
        return [*rows, *hidden, *stubs_in(firsts).for_reading()]

    def address(self, number: int = 1, order: str = "", thread: int | None = None) -> str:
        """The path of a page of this discussion."""
        order = order or self.order
        query = {
            "thread": thread or self.thread,
            "order": order if order != self.usual_order else None,
            "page": number if number > 1 else None,
        }
        asked = urlencode({name: value for name, value in query.items() if value})
        path = address("comments:discussion", self.post.slug)
        return f"{path}?{asked}" if asked else path

    @property
    def present_address(self) -> str:
        return self.address(self.page.number)

    @property
    def previous_address(self) -> str:
        page = self.page
        return self.address(page.previous_page_number()) if page.has_previous() else ""

    @property
    def next_address(self) -> str:
        return self.address(self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def page_links(self) -> list[tuple[int | str, str]]:
        """Numbers of pages with their addresses; an ellipsis has none."""
        numbers = self.paginator.get_elided_page_range(
            self.page.number, on_each_side=ON_EACH_SIDE, on_ends=1
        )
        return [
            (number, self.address(number) if isinstance(number, int) else "") for number in numbers
        ]


def shown_threads(post: Post, order: str) -> QuerySet:
    """The first comments of all threads under `post` that readers see."""
    columns = ["created_at", "pk"]
    if order == Order.NEWEST:
        columns = [f"-{name}" for name in columns]
    return Comment.objects.filter(post=post.pk).shown_threads().order_by(*columns)


def answers_in(thread) -> QuerySet:
    return Comment.objects.approved().filter(thread=thread)


def with_cuts(firsts: QuerySet) -> QuerySet:
    """First comments with `cut`, the key of the first answer left out, and the `answer_count`."""
    answers = answers_in(OuterRef("pk")).order_by("pk").values("pk")
    counted = answers_in(OuterRef("pk")).order_by().values("thread").annotate(count=Count("pk"))
    return firsts.annotate(
        cut=Subquery(answers[ANSWERS_SHOWN : ANSWERS_SHOWN + 1]),
        answer_count=Subquery(counted.values("count")),
    )


def answers_to(firsts: list[Comment]) -> QuerySet:
    """The approved answers in these threads, of each as many as its `cut` says."""
    cuts = {first.pk: getattr(first, "cut", None) for first in firsts}
    wanted = Q(thread__in=[key for key, cut in cuts.items() if cut is None])
    for key, cut in cuts.items():
        if cut is not None:
            wanted |= Q(thread=key, pk__lt=cut)
    # In no order: the tree has its own, and asked for one by date, SQLite walks all comments.
    return Comment.objects.approved().filter(wanted).order_by()


def stubs_in(firsts: list[Comment]) -> QuerySet:
    """Answers in these threads that readers may not see, but that others have answered."""
    hidden = [status for status in Status if status != Status.APPROVED]
    answers = Comment.objects.filter(parent=OuterRef("pk"))
    threads = [first.pk for first in firsts]
    found = Comment.objects.filter(Exists(answers), thread__in=threads, status__in=hidden)
    return found.order_by()


def name_answered(nodes: list[Node], here: Collection[int]) -> None:
    """Let comments whose parent is on another page say whom they answer."""
    strays = [
        node
        for node in walk(nodes)
        if node.comment.parent_id and node.comment.parent_id not in here
    ]
    if strays:
        keys = {node.comment.parent_id for node in strays}
        answered = Comment.objects.approved().for_reading().in_bulk(keys)
        for node in strays:
            node.answered, node.is_stray = answered.get(node.comment.parent_id), True
