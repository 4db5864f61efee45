from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from blogsite.addresses import address
from posts import rendering
from posts.models.holding import hold_bylines, hold_corrections
from posts.models.image import ALT_MAX_LENGTH, Image, stored_path
from posts.models.publication import LivingManager, Publication, PublicationQuerySet, shorten
from posts.models.revision import Revision
from posts.models.series import Series
from posts.models.tag import Tag
from posts.models.tagging import ListedLink, Tagging, listed_indexes, nearest
from posts.rendering.plain import plain_text

WORDS_PER_MINUTE = 238  # Brysbaert 2019: silent reading, English non-fiction


# What a link to a post shows, what a card of it does, and what an entry of a feed.
LINK = ("title", "slug", "description", "language", "published_at")
PICTURE = ("lead_alt", *(f"lead_image__{name}" for name in ("file", "width", "height")))
CARD = (
    *("excerpt_html", "word_count", "series_part", "series__title", "series__slug"),
    *(*PICTURE, "lead_image__renditions"),
)
ENTRY = ("guid", "excerpt_html", "body_html", "updated_at", "modified_at", *PICTURE)


class PostQuerySet(PublicationQuerySet):
    # What puts at hand, for all rows at once, what is not in them.
    _holders = ()

    def visible_to(self, user):
        """Published posts, an author's own drafts, and everything for editors."""
        if user.has_perm("posts.change_post"):
            return self.filter(deleted_at=None)
        own = self.filter(deleted_at=None, bylines__user_id=user.pk)
        return (self.published() | own).distinct()

    def in_review(self):
        """Drafts whose authors would like an editor to look at them."""
        return self.drafts().exclude(submitted_at=None)

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def after(self, post):
        """Posts that came after `post`, the next one first; none for a draft."""
        if not post.published_at:
            return self.none()
        same_moment = Q(published_at=post.published_at, pk__gt=post.pk)
        later = Q(published_at__gt=post.published_at) | same_moment
        # Said twice: from an "or" alone no database knows where in its index to begin.
        found = self.filter(later, published_at__gte=post.published_at)
        return found.order_by("published_at", "pk")

    def before(self, post, now=None, until=None):
        """The published post that came before `post`, as a queryset of one; none for a draft.

        `now`, and the earlier of that and the date of `post`, are for a prepared query.
        """
        if not post.published_at:
            return self.none()
        is_earlier = Q(published_at__lt=post.published_at) | Q(pk__lt=post.pk)
        earlier = Post.objects.published(until or post.published_at, now).filter(is_earlier)
        return self.filter(pk__in=earlier.newest_first().values("pk")[:1])

    def with_byline(self):
        """Rows with their tags and authors at hand, in two more queries whatever their number."""
        return self.holding(hold_bylines)

    def holding(self, holder):
        rows = self._chain()
        rows._holders = (*rows._holders, holder)
        return rows

    def for_links(self):
        """Rows with all that a link to each shows."""
        return self.only(*LINK)

    def for_cards(self):
        """Rows with all that a list shows."""
        return self.select_related("lead_image", "series").only(*LINK, *CARD).with_byline()

    def for_feed(self):
        """Rows with all that an entry of a feed shows."""
        rows = self.select_related("lead_image").only(*LINK, *ENTRY).with_byline()
        return rows.marked_corrected().holding(hold_corrections)

    def marked_corrected(self):
        """Rows that say whether they `has_corrections`."""
        told = Revision.objects.corrections().filter(post=OuterRef("pk"))
        return self.annotate(has_corrections=Exists(told))

    def for_page(self):
        """Rows with all that a page of their own shows, and what they need not be asked for."""
        rows = self.select_related("series", "cover", "lead_image", "superseded_by")
        # Of the newer post a link is shown, where readers may see it.
        shown = {*LINK, "id", "expires_at", "deleted_at"}
        others = (field.name for field in Post._meta.concrete_fields if field.name not in shown)
        rows = rows.defer("body_text", "links", *(f"superseded_by__{name}" for name in others))
        older = Post.everything.filter(superseded_by=OuterRef("pk"))
        return rows.marked_corrected().annotate(replaces_some=Exists(older)).with_byline()

    def related_to(self, post, most: int = 10):
        """Other posts that share tags with `post`: most shared first, then newest; so `most`.

        Not the parts of its own series: those have a box of their own. Of each tag the newest
        few dozen are considered.
        """
        tags = [tag.pk for tag in post.tag_list]
        return self.sharing(tags, post.pk, post.series_id, most) if tags else self.none()

    def sharing(self, tags: list[int], post: int, series: int | None, most: int, now=None):
        """The same from keys; `now` is for a prepared query."""
        shared = Tagging.objects.filter(post=OuterRef("pk"), tag__in=tags).order_by()
        number = shared.values("post").annotate(number=Count("*")).values("number")
        found = self.filter(pk__in=nearest(post, series, tags, most, now))
        return found.annotate(shared=Subquery(number)).order_by("-shared", "-published_at", "-pk")

    def _clone(self):
        copied = super()._clone()
        copied._holders = self._holders
        return copied

    def _fetch_all(self):
        """Django's own prefetching would write these queries anew each time."""
        is_read = self._result_cache is not None
        super()._fetch_all()
        if not is_read and self._fields is None:
            for hold in self._holders:
                hold(self._result_cache)


class PostManager(LivingManager.from_queryset(PostQuerySet)):
    pass


class Post(Publication):
    """A dated text by one or several authors."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_(
            "Two sentences for lists and search results. Left empty, the text up to "
            "<!--more-->, or else the first paragraph, is shown."
        ),
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Byline", related_name="posts", verbose_name=_("authors")
    )
    tags = models.ManyToManyField(
        Tag, through=Tagging, blank=True, related_name="posts", verbose_name=_("tags")
    )
    series = models.ForeignKey(
        Series,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("series"),
    )
    series_part = models.PositiveIntegerField(_("part"), null=True, blank=True)
    cover = models.ForeignKey(
        Image,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    cover_alt = models.CharField(
        _("cover description"),
        max_length=ALT_MAX_LENGTH,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    lead_image = models.ForeignKey(
        Image, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    lead_alt = models.CharField(max_length=ALT_MAX_LENGTH, blank=True, editable=False)
    # When its author asked an editor to look at it; empty again once one has decided.
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    comments_open = models.BooleanField(_("comments open"), default=True)
    canonical_url = models.URLField(
        _("original address"),
        blank=True,
        help_text=_("Where this first appeared, if that was on another site."),
    )
    evergreen = models.BooleanField(
        _("does not age"), default=False, help_text=_("Never show the notice on old posts here.")
    )
    reviewed_at = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last checked that all of it still holds."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody should check whether all of it still holds."),
    )
    tested_with = models.CharField(
        _("tested with"),
        max_length=200,
        blank=True,
        help_text=_("What it was tried with, such as: Python 3.14, Django 5.2"),
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )

    objects = PostManager()
    everything = PostQuerySet.as_manager()

    # Tags and authors of a row of `with_byline()`.
    held = None

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_post", _("Can publish posts"))]
        indexes = [
            # Lists choose their posts from these alone: on SQLite, whatever lies in a row behind
            # its texts costs the reading of these.
            models.Index(
                "published_at",
                "id",
                "expires_at",
                "deleted_at",  # or SQLite looks into the row whether it is one of these
                condition=Q(deleted_at=None),
                name="post_listed",
            ),
            models.Index(
                "series",
                "published_at",
                "id",
                "expires_at",
                "deleted_at",
                condition=Q(deleted_at=None, series__isnull=False),
                name="post_listed_in_series",
            ),
            # A file of the sitemap has 50,000 rows, and reads none of their texts.
            models.Index(
                "id",
                "slug",
                "published_at",
                "updated_at",
                "expires_at",
                "canonical_url",
                "deleted_at",
                "noindex",
                condition=Q(deleted_at=None, noindex=False, published_at__isnull=False),
                name="post_for_search_engines",
            ),
            models.Index("source", name="post_by_source"),
            models.Index(
                "review_by", "id", condition=Q(review_by__isnull=False), name="post_by_review_day"
            ),
            # Of the whole column SQLite learns that nearly all have the same, and asks no index.
            models.Index("cover", condition=Q(cover__isnull=False), name="post_covered"),
            # Which posts are old, without a look into their rows: see posts.freshness.
            models.Index(
                "published_at",
                "id",
                "updated_at",
                "reviewed_at",
                "expires_at",
                "deleted_at",
                "review_by",
                "evergreen",
                condition=Q(deleted_at=None, review_by=None, evergreen=False),
                name="post_ageing",
            ),
            models.Index(
                "expires_at", condition=Q(expires_at__isnull=False), name="post_by_expiry"
            ),
            # What the start page of the desk lists.
            models.Index(
                "modified_at",
                condition=Q(published_at=None, deleted_at=None),
                name="post_draft_by_saved",
            ),
            models.Index(
                "submitted_at", condition=Q(submitted_at__isnull=False), name="post_in_review"
            ),
            models.Index("deleted_at", condition=Q(deleted_at__isnull=False), name="post_trashed"),
            # A search at the desk walks the newest titles, and reads no row that does not match.
            models.Index("modified_at", "title", "slug", name="post_titles_by_saved"),
        ]

    def save(self, *args, **kwargs):
        if self.published_at:
            self.submitted_at = None
        super().save(*args, **kwargs)

    def path_for(self, slug):
        return address("posts:detail", slug)

    def render(self):
        rendered = super().render()
        if self.summary:
            self.excerpt_html = f"<p>{rendering.render_inline(self.summary)}</p>"
        if self.summary or self.excerpt_html:
            self.description = shorten(plain_text(self.excerpt_html))
        self.lead_image = self.shown_cover or Image.objects.for_sources(self.images).first()
        self.lead_alt = self.find_lead_alt(rendered.image_alts) if self.lead_image else ""
        return rendered

    def find_lead_alt(self, alts: dict[str, str]) -> str:
        """What the lead picture shows, by whoever says it closest to this post.

        `alts` holds the descriptions that the text gives, by address as typed.
        """
        in_text = next(
            (alt for src, alt in alts.items() if stored_path(src) == self.lead_image.file), ""
        )
        of_cover = self.cover_alt if self.shown_cover else ""
        return (of_cover or in_text or self.lead_image.alt)[:ALT_MAX_LENGTH]

    @property
    def shown_cover(self) -> Image | None:
        """The cover picture, unless that is in the trash."""
        return self.cover if self.cover and not self.cover.deleted_at else None

    @property
    def author_list(self) -> list:
        """Authors in their order; at hand in rows of `with_byline()`."""
        return self.held["authors"] if self.held else [each.user for each in self.bylines.all()]

    @property
    def tag_list(self) -> list[Tag]:
        """Tags by name, likewise."""
        return self.held["tags"] if self.held else list(self.tags.all())

    @cached_property
    def corrections(self) -> list[Revision]:
        """What readers are told was wrong, newest first; at hand in rows of `for_feed()`."""
        may_have_some = self.pk and getattr(self, "has_corrections", True)
        return list(self.revisions.corrections()) if may_have_some else []

    @property
    def reading_minutes(self) -> int:
        """Whole minutes to read the text, at least 1."""
        return max(1, round(self.word_count / WORDS_PER_MINUTE))

    @property
    def changed_at(self):
        """When readers last got something new here: publication or a later update."""
        return max(filter(None, [self.published_at, self.updated_at]), default=self.modified_at)

    @property
    def successor(self):
        """The post that replaces this one, as soon as readers may see it."""
        newer = self.superseded_by
        return newer if newer and newer.is_published else None

    def is_stale(self, months: int) -> bool:
        """Whether nobody has looked after the text for `months` months (0: never stale)."""
        if not months or self.evergreen or not self.published_at:
            return False
        looked_after = self.changed_at.date()
        if self.reviewed_at:
            looked_after = max(looked_after, self.reviewed_at)
        return (timezone.now().date() - looked_after).days > months * 30.44


class Byline(ListedLink):
    """One author of one post, at a place in the order of its authors."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bylines")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="bylines",
        verbose_name=_("author"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint("post", "user", name="byline_once_a_post")]
        indexes = listed_indexes("user")

    def __str__(self):
        return self.user.name
