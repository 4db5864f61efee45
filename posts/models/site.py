from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Checkers that read RFC 9309 strictly, Lighthouse among them, report a Content-Signal line as
# unknown. Whoever wants one adds it in the admin.
DEFAULT_ROBOTS = """\
User-agent: *
Disallow: /account/
Disallow: /admin/
Disallow: /search/
"""


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
    posts_per_page = models.PositiveSmallIntegerField(
        _("posts a page"), default=15, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    stale_after_months = models.PositiveSmallIntegerField(
        _("old after"),
        default=36,
        help_text=_("Months after which an unreviewed post says that it is old; 0 for never."),
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
        help_text=_(
            "The address of the sitemap is added by itself. To say what machines may do with your "
            "texts, add a line such as: Content-Signal: search=yes, ai-input=yes, ai-train=no"
        ),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_settings")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """The saved settings, or the defaults on a site that never saved any."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
