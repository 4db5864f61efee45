from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blogsite.pagecache import remembered
from posts import menus, rendering

DEFAULT_ROBOTS = """\
User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /search/
"""


MOST_MONTHS = 1200  # a hundred years; the column takes more than the calendar has


class Consent(models.TextChoices):
    """What a site says to one use of its texts by machines; silence is allowed."""

    YES = "yes", _("Allowed")
    NO = "no", _("Not allowed")


def consent(label: str, help_text: str) -> models.CharField:
    choices = [("", _("Say nothing")), *Consent.choices]
    return models.CharField(label, max_length=3, choices=choices, blank=True, help_text=help_text)


class SiteSettings(models.Model):
    """What an editor may change about the site as a whole; one row."""

    title = models.CharField(_("title"), max_length=100, default="Blogsite")
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("A sentence or two for search engines, feeds and the front page."),
    )
    accent_hue = models.PositiveSmallIntegerField(
        _("accent colour"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(360)],
        help_text=_(
            "A hue from 0 to 360 (30 red, 90 yellow, 150 green, 250 blue, 300 purple); "
            "empty for the site's own. Lightness is fixed, so text stays legible."
        ),
    )
    logo = models.ForeignKey(
        "Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Shown beside the name of the site. A small square picture serves best."),
    )
    menu = models.TextField(
        _("menu"),
        blank=True,
        validators=[menus.validate],
        help_text=_(
            "One link a line, such as: [About](/about/). Empty: archive, series, tags, the pages "
            "that are in the navigation, and search."
        ),
    )
    footer = models.TextField(
        _("footer"),
        blank=True,
        help_text=_("A few lines for the foot of each page, with links and emphasis in Markdown."),
    )
    footer_html = models.TextField(blank=True, editable=False)  # computed from `footer` on save
    social_links = models.TextField(
        _("elsewhere"),
        blank=True,
        validators=[menus.validate],
        help_text=_(
            "Where else the site is to be found, one link a line: "
            "[Mastodon](https://example.social/@me). They are marked with rel=“me”."
        ),
    )
    front_page = models.ForeignKey(
        "Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("front page"),
        help_text=_("A page to open with. Empty: the newest posts, which else stand at /posts/."),
    )
    full_text_feeds = models.BooleanField(
        _("full texts in feeds"),
        default=True,
        help_text=_("Otherwise feeds hold the summary of each post and a link to it."),
    )
    posts_per_page = models.PositiveSmallIntegerField(
        _("posts a page"), default=15, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    stale_after_months = models.PositiveSmallIntegerField(
        _("old after"),
        default=36,
        validators=[MaxValueValidator(MOST_MONTHS)],
        help_text=_("Months after which an unreviewed post says that it is old; 0 for never."),
    )
    purge_trash_after_days = models.PositiveSmallIntegerField(
        _("empty the trash after"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("Days after which what is in the trash is removed for good; empty for never."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("For the foot of each page, such as: Text CC BY 4.0, code MIT."),
    )
    security_contact = models.CharField(
        _("security contact"),
        max_length=200,
        blank=True,
        help_text=_("For security.txt: an address such as mailto:security@example.org."),
    )
    robots_txt = models.TextField(
        _("robots.txt"),
        blank=True,
        default=DEFAULT_ROBOTS,
        help_text=_("The address of the sitemap and what is chosen above are added to it."),
    )
    # Checkers that read RFC 9309 strictly, Lighthouse among them, report a Content-Signal line as
    # unknown, so a new site says nothing.
    for_search = consent(_("search engines"), _("Lists of results with links to your pages."))
    for_ai_input = consent(
        _("answers of AI systems"), _("Reading a page at the moment when somebody asks.")
    )
    for_ai_training = consent(
        _("training of AI systems"), _("Keeping the texts to build a model from them.")
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_settings")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.pk = 1
        self.footer_html = paragraphs(self.footer)
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """The saved settings, or the defaults on a site that never saved any."""
        return stored_settings()

    @property
    def shown_logo(self):
        """The logo, but for one that lies in the trash."""
        return None if self.logo is None or self.logo.deleted_at else self.logo

    @property
    def menu_links(self) -> list[menus.Link]:
        return menus.links_in(self.menu)

    @property
    def social(self) -> list[menus.Link]:
        return menus.links_in(self.social_links)

    @property
    def content_signal(self) -> str:
        """What machines may do with the texts, as `robots.txt` says it; empty for silence.

        Names as in contentsignals.org: `search=yes, ai-input=yes, ai-train=no`.
        """
        wishes = {
            "search": self.for_search,
            "ai-input": self.for_ai_input,
            "ai-train": self.for_ai_training,
        }
        return ", ".join(f"{use}={wish}" for use, wish in wishes.items() if wish)


def paragraphs(text: str) -> str:
    """The HTML of a few lines: links and emphasis, nothing that could clash with a page's own."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{rendering.render_inline(part)}</p>" for part in parts if part)


@remembered
def stored_settings() -> SiteSettings:
    stored = SiteSettings.objects.select_related("logo").filter(pk=1).first()
    return stored or SiteSettings(pk=1)
