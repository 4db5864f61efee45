"""What the comments of one post amount to, kept beside them so that lists need not count."""

from django.db import connections, models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import topics
from comments.models.comment import Comment
from posts.models import Post


class Discussion(models.Model):
    """The comments of one post as a whole; there is no row before the first comment."""

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="discussion"
    )
    approved_count = models.PositiveIntegerField(default=0)
    # Threads that readers see; one whose first comment is removed counts while an answer is left.
    thread_count = models.PositiveIntegerField(default=0)
    # The key of the approved comment that was written last; 0 without one.
    newest_key = models.PositiveBigIntegerField(default=0)
    # Moves with every change that readers can see; feeds are as new as this.
    changed_at = models.DateTimeField(auto_now=True)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [
            models.Index("changed_at", "post", name="discussion_by_change"),
            models.Index(
                "locked_at", condition=models.Q(locked_at__isnull=False), name="discussion_locked"
            ),
        ]

    def __str__(self):
        return f"{self.post}: {self.approved_count}"

    @property
    def audit_name(self) -> str:
        return str(self.post)

    @classmethod
    @transaction.atomic
    def refresh(cls, post_ids) -> None:
        """Count what readers see of these posts again, and say that something changed."""
        post_ids = sorted(set(post_ids))
        with topics.changing(post_ids):
            cls.objects.bulk_create([cls(post_id=key) for key in post_ids], ignore_conflicts=True)
            discussions = cls.objects.filter(pk__in=post_ids)
            hold(discussions)
            discussions.update(
                approved_count=count_of(Comment.objects.approved()),
                thread_count=count_of(Comment.objects.shown_threads()),
                newest_key=newest_of(Comment.objects.approved()),
                changed_at=timezone.now(),
            )

    @classmethod
    def grow(cls, comment: Comment) -> None:
        """Count one new approved comment, in the transaction that stores it.

        As `refresh` would, but at a cost that does not grow with the discussion.
        """
        discussion = cls.objects.filter(pk=comment.post_id)
        with topics.changing([comment.post_id]):
            hold(discussion)
            grown = discussion.update(
                approved_count=F("approved_count") + 1,
                thread_count=F("thread_count") + threads_opened(comment),
                newest_key=newest_of(Comment.objects.approved()),
                changed_at=timezone.now(),
            )
        if not grown:
            cls.refresh([comment.post_id])


def hold(discussions) -> None:
    """Wait for others who count there, until the end of the transaction.

    Whoever comes second then counts what the first has stored. An UPDATE alone would wait as well,
    but look at the comments as they were before. On SQLite one writes at a time anyway.
    """
    if connections[discussions.db].features.has_select_for_update:
        list(discussions.select_for_update().order_by("pk").values("pk"))


def threads_opened(comment: Comment):
    """1 where readers saw nothing yet of the thread that the new `comment` is in."""
    if not comment.thread_id:
        return 1
    others = Comment.objects.approved().exclude(pk=comment.pk)
    in_thread = Exists(others.filter(thread=comment.thread_id))
    root = Exists(others.filter(pk=comment.thread_id))
    return Case(When(in_thread | root, then=0), default=1)


def count_of(comments):
    """How many of `comments` belong to the post of an outer query."""
    of_post = comments.filter(post=OuterRef("pk")).order_by().values("post")
    return Coalesce(Subquery(of_post.annotate(count=Count("pk")).values("count")), 0)


def newest_of(comments):
    """The key of the newest of `comments` that belongs to the post of an outer query, or 0."""
    of_post = comments.filter(post=OuterRef("pk")).order_by("-created_at", "-pk")
    return Coalesce(Subquery(of_post.values("pk")[:1]), 0)
