from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from blogsite.addresses import address
from posts.models.addressed import Addressed


class GroupQuerySet(models.QuerySet):
    """Things that gather posts: tags and series."""

    def with_posts(self, now=None):
        """Those that have published posts, with `post_count` of these and `newest_at`.

        A name that only drafts carry is nobody's business yet. `now` is for a prepared query.
        """
        # Imported late: what counts the posts needs the models, and the models this.
        from posts.tallies.groups import with_numbers

        return with_numbers(self, now).filter(post_count__gt=0)


class Tag(Addressed):
    """A word that gathers posts."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Markdown, shown on the tag's page.")
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = [Lower(F("name"))]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_unique_any_case",
                violation_error_message=_("There is a tag with this name already."),
            ),
        ]

    def __str__(self):
        return self.name

    def path_for(self, slug):
        return address("posts:tag", slug)
