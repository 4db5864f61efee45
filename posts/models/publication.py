"""What a post and a page have in common: text with a date, a life and a death."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blogsite import pagecache
from posts import rendering
from posts.due import next_due
from posts.models.addressed import Addressed
from posts.pictures import find_pictures
from posts.rendering.limits import MAX_POST

BODY_MAX_LENGTH = MAX_POST  # characters; what the renderer would refuse is not taken in
MARKDOWN_SUFFIX = ".md"  # in place of the last slash of a text's address
DESCRIPTION_LENGTH = 160  # characters; search engines cut a result's text at about this


def time_of_readers() -> datetime:
    """Now, for asking what is public: a page that is noted ends when the clock changes the answer."""
    if pagecache.is_noting():
        pagecache.until(next_due())
    return timezone.now()


def has_status(
    status: str,
    prefix: str = "",
    *,
    until: datetime | None = None,
    now: datetime | None = None,
    copied: bool = False,
) -> models.Q:
    """The condition that a text is draft, scheduled, published or expired; `prefix` leads to it.

    `until` leaves out what was published after that moment: said here, as one bound, for SQLite
    takes only the first of two into its index and walks all the way down to the second.
    `now` is what a prepared query says for `time_of_readers()`, which it is asked with.
    `copied` asks the copies of its dates in a link to it, which has none of what is in the trash.

    This is the one definition of public: dated, the date has passed, not expired, not in the
    trash. It compares with the clock of the request, so a scheduled post appears on time, and an
    expired one is gone on time, with no job running. A page that is kept is kept no longer.
    """
    now = now or time_of_readers()
    dated = {
        "draft": {"published_at": None},
        "scheduled": {"published_at__gt": now},
        "published": {"published_at__lte": min(filter(None, [now, until]))},
        "expired": {"published_at__lte": now, "expires_at__lte": now},
    }
    condition = dated[status] if copied else dated[status] | {"deleted_at": None}
    found = models.Q(**{prefix + name: value for name, value in condition.items()})
    if status == "published":
        expiry = f"{prefix}expires_at"
        found &= models.Q(**{expiry: None}) | models.Q(**{f"{expiry}__gt": now})
    return found


def long_columns(prefix: str = "") -> list[str]:
    """What lists leave in the database; `prefix` leads to the text that has these columns."""
    return [prefix + name for name in ("body", "body_html", "body_text", "toc", "links", "images")]


class PublicationQuerySet(models.QuerySet):
    def published(self, until: datetime | None = None, now: datetime | None = None):
        """What anyone may read now; of that, what was published `until` a moment."""
        return self.filter(has_status("published", until=until, now=now))

    def scheduled(self, now: datetime | None = None):
        return self.filter(has_status("scheduled", now=now))

    def drafts(self):
        return self.filter(has_status("draft"))

    def expired(self, now: datetime | None = None):
        return self.filter(has_status("expired", now=now))

    def trashed(self):
        return self.exclude(deleted_at=None)

    def without_text(self):
        """Rows for lists: the long columns stay in the database."""
        return self.defer(*long_columns())


class LivingManager(models.Manager.from_queryset(PublicationQuerySet)):
    """Everything that is not in the trash."""

    def get_queryset(self):
        return super().get_queryset().filter(deleted_at=None)


class Publication(Addressed):
    """A text that an editor writes in Markdown and readers see as HTML."""

    title = models.CharField(_("title"), max_length=250, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=200,
        unique=True,
        allow_unicode=True,
        help_text=_("Part of the address. Old addresses keep working when you change it."),
    )
    body = models.TextField(
        _("text"),
        blank=True,
        validators=[MaxLengthValidator(BODY_MAX_LENGTH)],
        help_text=_("Markdown, kept exactly as you type it."),
    )
    language = models.CharField(
        _("language"),
        max_length=35,  # RFC 5646, section 4.4.1: buffers of 35 characters hold any sane tag
        blank=True,
        help_text=_("A language code such as en or zh-Hans; empty means the site's language."),
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("Empty means draft; a time to come means scheduled."),
    )
    updated_at = models.DateTimeField(
        _("updated at"),
        null=True,
        blank=True,
        help_text=_("Set this when you change something that readers should know of."),
    )
    expires_at = models.DateTimeField(
        _("expires at"),
        null=True,
        blank=True,
        help_text=_("From then on readers no longer find it. Empty means never."),
    )
    # When it was taken back from readers who could see it; empty while it is public.
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    noindex = models.BooleanField(
        _("hide from search engines"),
        default=False,
        help_text=_("Readable by anyone with the address, but kept out of search engines."),
    )
    guid = models.CharField(_("permanent id"), max_length=255, unique=True, editable=False)
    source = models.CharField(
        max_length=500, blank=True, editable=False, help_text="importer and id there"
    )
    source_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="digests of the file and of the text made from it",
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    modified_at = models.DateTimeField(_("saved at"), auto_now=True)
    deleted_at = models.DateTimeField(_("trashed at"), null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("trashed by"),
    )
    deleted_why = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    # The number of its newest Revision; a form that was opened at an earlier one is stale.
    revision_number = models.PositiveIntegerField(default=0, editable=False)

    # Computed from `body` on save; long columns last, so that lists skip over them.
    description = models.CharField(max_length=DESCRIPTION_LENGTH + 1, blank=True, editable=False)
    excerpt_html = models.TextField(blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    renderer_version = models.PositiveIntegerField(default=0, editable=False)
    toc = models.JSONField(default=list, blank=True, editable=False)
    links = models.JSONField(default=list, blank=True, editable=False)
    images = models.JSONField(default=list, blank=True, editable=False)
    body_text = models.TextField(blank=True, editable=False)
    body_html = models.TextField(blank=True, editable=False)

    objects = LivingManager()
    everything = PublicationQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.title or self.description or self.slug

    def save(self, *args, **kwargs):
        self.render()
        self.guid = self.guid or mint_guid(self._meta.model_name, self.created_at)
        super().save(*args, **kwargs)

    def render(self) -> rendering.Rendered:
        """Fill the columns that follow from `body`."""
        rendered = rendering.render_post(self.body, find_pictures)
        self.body_html = rendered.html
        self.body_text = rendered.text
        self.toc = rendered.toc
        self.links = rendered.links
        self.images = rendered.images
        self.word_count = rendered.word_count
        self.excerpt_html = rendered.excerpt_html
        self.description = shorten(rendered.text)
        self.renderer_version = rendering.VERSION
        return rendered

    @property
    def markdown_address(self) -> str:
        """The full address of the text as it was typed."""
        return self.permalink.rstrip("/") + MARKDOWN_SUFFIX

    @property
    def is_published(self) -> bool:
        return self.status == "published"

    @property
    def is_to_come(self) -> bool:
        """A draft, or scheduled: neither public, nor over, nor in the trash."""
        return self.status in {"draft", "scheduled"}

    @property
    def status(self) -> str:
        """One of: draft, scheduled, published, expired, trashed."""
        now = timezone.now()
        if self.deleted_at:
            return "trashed"
        if not self.published_at:
            return "draft"
        if self.published_at > now:
            pagecache.until(self.published_at)
            return "scheduled"
        if self.expires_at and self.expires_at <= now:
            return "expired"
        pagecache.until(self.expires_at)
        return "published"

    @property
    def was_public(self) -> bool:
        """Whether readers could ever see it at its address."""
        if self.withdrawn_at:
            return True
        return bool(self.published_at) and self.published_at <= (self.deleted_at or timezone.now())

    @property
    def is_gone(self) -> bool:
        """Whether readers saw it once and it is theirs no more: expired, taken back, or trashed."""
        return self.was_public and not self.is_published


def mint_guid(kind: str, moment) -> str:
    """A permanent `tag:` URI (RFC 4151) for a new text; never changed afterwards."""
    return f"tag:{settings.SITE_HOST},{moment:%Y-%m-%d}:{kind}/{uuid.uuid4()}"


def shorten(text: str) -> str:
    """The beginning of `text` on one line, at most DESCRIPTION_LENGTH characters and an ellipsis."""
    # Only the beginning is looked at: the rest of a novel cannot matter here.
    one_line = " ".join(text[: DESCRIPTION_LENGTH * 4].split())
    if len(one_line) <= DESCRIPTION_LENGTH:
        return one_line
    cut = Truncator(one_line).chars(DESCRIPTION_LENGTH, truncate="")
    whole_words, space, _rest = cut.rpartition(" ")
    return (whole_words if space else cut).rstrip(" ,;:-") + "…"
