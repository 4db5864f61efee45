"""What the comments of one post amount to, kept beside them so that lists need not count."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from posts.models import Post


class Discussion(models.Model):
    """The comments of one post as a whole; there is no row before the first comment."""

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="discussion"
    )
    approved_count = models.PositiveIntegerField(default=0)
    # Moves with every change that readers can see; pages and feeds are as new as this.
    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    def __str__(self):
        return f"{self.post}: {self.approved_count}"

    @classmethod
    @transaction.atomic
    def refresh(cls, post_ids) -> None:
        """Count the approved comments of these posts again, and say that something changed."""
        for post_id in sorted(set(post_ids)):
            cls.objects.get_or_create(post_id=post_id)
            # Whoever comes second waits here, and then counts what the first has stored.
            discussion = cls.objects.select_for_update().get(post_id=post_id)
            discussion.approved_count = discussion.post.comments.approved().count()
            discussion.version += 1
            discussion.save(update_fields=["approved_count", "version", "changed_at"])
