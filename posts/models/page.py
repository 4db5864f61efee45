from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from blogsite.addresses import address
from posts.models.publication import Publication


class Page(Publication):
    """A text without a place in the stream of posts, such as About."""

    in_navigation = models.BooleanField(_("in the navigation"), default=True)
    position = models.PositiveSmallIntegerField(_("order in the navigation"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "title"]

    def path_for(self, slug):
        return address("posts:page", slug)

    def clean(self):
        super().clean()
        if self.slug and is_taken(self.slug):
            raise ValidationError(
                {"slug": _("The site uses this address itself. Please choose another slug.")}
            )


# First words of longer addresses; a page there would look like the root of these.
FIRST_WORDS = {"author", "draft", "media", "post", "static", "tag"}


def is_taken(slug: str) -> bool:
    """Whether `/<slug>/` leads, or seems to lead, to something other than a page."""
    if slug in FIRST_WORDS:
        return True
    try:
        return resolve(f"/{slug}/").view_name != "posts:page"
    except Resolver404:
        return True
