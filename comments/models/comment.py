"""One comment: what somebody answered to a post or to another comment."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blogsite.addresses import address
from comments import reasons
from comments.networks import KEY_DIGITS
from comments.rendering import render_comment
from posts.models import Post
from posts.models.publication import has_status
from posts.rendering import VERSION
from posts.rendering.limits import MAX_VISITOR

NAME_MAX_LENGTH = 120  # in the form
STORED_NAME_MAX_LENGTH = 255  # WordPress's, where pingbacks carry the title of a page
SITE_MAX_LENGTH = 500
MODERATE = "comments.moderate_comment"  # the right to decide about comments


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    SPAM = "spam", _("Spam")
    REMOVED = "removed", _("In the trash")


# What its author sees as waiting: also what the site itself put with the spam. Whoever sends
# spam on purpose must not learn which word, name or address made it that.
SEEMS_TO_WAIT = Q(status=Status.PENDING) | Q(status=Status.SPAM) & ~Q(reason=reasons.MODERATOR)

# What a page of comments does not show.
UNREAD = ("body", "evidence", "trained_tokens", "address_key", "network_key")
UNREAD_OF_MEMBERS = ("password", "bio")


class CommentQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=Status.APPROVED)

    def pending(self):
        return self.filter(status=Status.PENDING)

    def public(self):
        """What anyone may read now: approved, under a post that is published."""
        return self.approved().filter(has_status("published", prefix="post__"))

    def with_people(self):
        """Rows with their members at hand."""
        return self.select_related("member")

    def shown_threads(self):
        """The first comments of the threads that readers see, also where only answers are left."""
        below = Comment.objects.approved().filter(thread=OuterRef("pk"))
        # By depth: asked for those without a thread, SQLite takes the index of threads, where all
        # first comments of the site stand together.
        return self.filter(Q(status=Status.APPROVED) | Exists(below), depth=0)

    def for_reading(self):
        """Rows with all that a page of comments shows; what moderators need stays behind."""
        of_members = (f"member__{name}" for name in UNREAD_OF_MEMBERS)
        return self.with_people().defer(*UNREAD, *of_members)


class Comment(models.Model):
    """By a member or a guest; in a thread of its own or below another comment."""

    class Kind(models.TextChoices):
        """What it is on other systems too, so that an import can be stored as it is."""

        COMMENT = "comment", _("Comment")
        PINGBACK = "pingback", _("Pingback")
        TRACKBACK = "trackback", _("Trackback")

    class Format(models.TextChoices):
        """How `body` is written; HTML comes from other systems only."""

        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="comments", verbose_name=_("post")
    )
    # RESTRICT: a comment with answers goes only together with its post.
    parent = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("answer to"),
    )
    thread = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("thread"),
        # The first comment of the thread; null for that comment itself.
    )
    depth = models.PositiveIntegerField(default=0, editable=False)  # 0 for the first of a thread
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.COMMENT, editable=False
    )

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("member"),
    )
    # Of a guest. A member is called as their account says, and no more once that is deleted.
    name = models.CharField(_("name"), max_length=STORED_NAME_MAX_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Never shown to readers."))
    site = models.URLField(_("site"), max_length=SITE_MAX_LENGTH, blank=True)

    body = models.TextField(_("text"), validators=[MaxLengthValidator(MAX_VISITOR)])
    body_format = models.CharField(
        max_length=10, choices=Format.choices, default=Format.MARKDOWN, editable=False
    )
    body_html = models.TextField(blank=True, editable=False)
    renderer_version = models.PositiveIntegerField(default=0, editable=False)

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING
    )
    # One of `comments.reasons`, and what it is about, such as the word that is blocked.
    reason = models.CharField(_("reason"), max_length=40, blank=True, editable=False)
    reason_detail = models.CharField(max_length=200, blank=True, editable=False)
    # How likely the filter held it for spam when it came, 0 to 1; null while it cannot tell.
    score = models.FloatField(_("spam score"), null=True, editable=False)
    evidence = models.JSONField(default=list, blank=True, editable=False)
    # What the filter has learnt of it: "good", "spam" or nothing, and from which features.
    trained_as = models.CharField(max_length=4, blank=True, editable=False)
    trained_tokens = models.BinaryField(default=bytes, blank=True, editable=False)

    # Keyed hashes of the address and its network; emptied after a set time.
    address_key = models.CharField(max_length=KEY_DIGITS, blank=True, editable=False)
    network_key = models.CharField(max_length=KEY_DIGITS, blank=True, editable=False)
    # Seconds between the form's making and its sending; null where nobody knows.
    writing_seconds = models.PositiveIntegerField(null=True, editable=False)

    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited at"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)

    # The same for the same words by the same person in the same place, so that a form sent
    # twice makes one comment.
    submission_key = models.CharField(max_length=64, null=True, unique=True, editable=False)
    source = models.CharField(
        max_length=200, blank=True, editable=False, help_text="importer and id there"
    )

    objects = CommentQuerySet.as_manager()

    # What `render` rendered last: a text that is judged and then saved is rendered once.
    _rendered = None

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        permissions = [("moderate_comment", _("Can decide about comments"))]
        indexes = [
            models.Index("post", "status", "created_at", "id", name="comment_of_post"),
            models.Index("thread", "status", "id", name="comment_of_thread"),
            # The threads of a post in their order. Partial, so that PostgreSQL too can read them
            # in order; with the status, so that skipping to a late page reads no rows.
            models.Index(
                "post",
                "created_at",
                "id",
                "status",
                condition=Q(depth=0),
                name="comment_threads",
            ),
            models.Index("status", "created_at", "id", name="comment_queue"),
            models.Index("status", "score", "id", name="comment_by_score"),
            models.Index("address_key", "created_at", name="comment_by_address"),
            models.Index("network_key", "created_at", name="comment_by_network"),
            # Moderators search by how an e-mail or a name begins; only these classes serve that on
            # PostgreSQL.
            models.Index(
                fields=["email", "status"],
                opclasses=["varchar_pattern_ops", "varchar_ops"],
                name="comment_by_email",
            ),
            models.Index(
                fields=["name"], opclasses=["varchar_pattern_ops"], name="comment_by_name"
            ),
            models.Index(
                "member", "status", condition=Q(member__isnull=False), name="comment_by_member"
            ),
            models.Index("status", "reason", "created_at", "id", name="comment_by_reason"),
        ]
        constraints = [
            models.UniqueConstraint("source", condition=~Q(source=""), name="comment_source_once"),
        ]

    def __str__(self):
        return f"{self.shown_name}: {self.body[:60]}"

    @property
    def audit_name(self) -> str:
        """Its key: what a visitor wrote has no place in the audit log."""
        return f"#{self.pk}"

    def get_absolute_url(self):
        return address("comments:comment", self.pk)

    @property
    def permalink(self) -> str:
        """The full address, for mails, feeds and other sites."""
        return settings.SITE_URL + self.get_absolute_url()

    def save(self, *args, **kwargs):
        if self._rendered != (self.body, self.body_format):
            self.render()
        if self.parent_id:
            self.thread_id = self.parent.thread_id or self.parent_id
            self.depth = self.parent.depth + 1
        super().save(*args, **kwargs)

    def render(self):
        """Fill the columns that follow from `body`."""
        self.body_html = render_comment(self.body, self.body_format)
        self.renderer_version = VERSION
        self._rendered = (self.body, self.body_format)

    @property
    def author_name(self) -> str:
        """What whoever wrote it is called; empty where an account is gone, or an import had none."""
        return self.member.name if self.member else self.name

    @property
    def shown_name(self) -> str:
        """The same for people to read: never empty."""
        return self.author_name or gettext("Somebody")

    @property
    def author_email(self) -> str:
        """Where whoever wrote it can be reached; never shown to readers."""
        return (self.member.email or "") if self.member else self.email

    @property
    def author_site(self) -> str:
        """An http(s) address that whoever wrote it names as their own, or ''."""
        if self.member:
            return next(iter(self.member.link_list), "")
        return self.site if self.site.startswith(("https://", "http://")) else ""

    @property
    def score_percent(self) -> int | None:
        """The spam score of a hundred."""
        return None if self.score is None else round(100 * self.score)

    @property
    def is_approved(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def is_pending(self) -> bool:
        return self.status == Status.PENDING

    @property
    def seems_to_wait(self) -> bool:
        """Whether its author sees it as waiting; see SEEMS_TO_WAIT."""
        is_silent_spam = self.status == Status.SPAM and self.reason != reasons.MODERATOR
        return self.is_pending or is_silent_spam
