from django.db import models
from django.utils.translation import gettext_lazy as _

from blogsite.addresses import address
from posts.models.addressed import Addressed
from posts.models.tag import GroupQuerySet


class Series(Addressed):
    """Posts to be read in an order."""

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True, allow_unicode=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Markdown, shown on the page of the series.")
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def path_for(self, slug):
        return address("posts:series", slug)

    def published_parts(self):
        """The posts of this series that anyone may read, in reading order."""
        return self.posts.published().order_by(
            models.F("series_part").asc(nulls_last=True), "published_at", "pk"
        )
