"""What a text was, each time it was saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def of_one_text() -> Q:
    """A condition: the row belongs to a post or to a page, not to both."""
    return Q(post__isnull=False, page__isnull=True) | Q(post__isnull=True, page__isnull=False)


class RevisionQuerySet(models.QuerySet):
    def corrections(self):
        """Those that readers are told of, newest first, with nothing that is not theirs to know."""
        told = self.exclude(correction="").order_by("-saved_at", "-number")
        return told.only("number", "saved_at", "correction", "post", "page")


class Revision(models.Model):
    """A post or page as it was saved once: its Markdown byte for byte, and all its fields.

    `fields` is what `posts.revisions.snapshots` makes of a text. People and things are in it by
    their keys, so what a revision shows of them is what they are called today.
    """

    class Reason(models.TextChoices):
        """What made the revision."""

        FOUND = "found", _("As it was before")  # saved by something that keeps no revisions
        SAVED = "saved", _("Saved")
        RESTORED = "restored", _("Restored")
        MERGED = "merged", _("Merged")
        PLANNED = "planned", _("Scheduled edit")
        IMPORTED = "imported", _("Imported")
        CHANGED = "changed", _("Changed with others")  # by an action over many texts

    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="revisions")
    page = models.ForeignKey("Page", models.CASCADE, null=True, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, default=Reason.SAVED)
    restored_from = models.PositiveIntegerField(null=True)  # the number of an earlier revision
    words_added = models.PositiveIntegerField(default=0)
    words_removed = models.PositiveIntegerField(default=0)
    milestone = models.CharField(_("name"), max_length=100, blank=True)
    # One line that readers see on the post and in feeds.
    correction = models.CharField(_("correction"), max_length=300, blank=True)
    fields = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        indexes = [
            models.Index(
                "post", "saved_at", condition=~Q(correction=""), name="revision_corrections"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=of_one_text(), name="revision_of_one_text"),
            models.UniqueConstraint("post", "number", name="revision_number_once_a_post"),
            models.UniqueConstraint("page", "number", name="revision_number_once_a_page"),
        ]

    def __str__(self):
        return self.milestone or str(self.number)

    @property
    def text(self):
        """The post or page that it is a revision of."""
        return self.post or self.page

    @property
    def is_by_somebody(self) -> bool:
        """Whether a person made it, whoever that was; the others may be by a program."""
        return self.reason in {self.Reason.SAVED, self.Reason.RESTORED, self.Reason.MERGED}
