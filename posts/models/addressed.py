"""Things that live at an address made from their slug, and keep their old addresses."""

from django.conf import settings
from django.db import models, transaction

from blogsite.stored import stored_value


class Addressed(models.Model):
    """Gives a model `get_absolute_url()` with a memory: a changed slug leaves a redirect."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, update_fields=None, **kwargs):
        writes_slug = update_fields is None or "slug" in update_fields
        old_slug = stored_value(self, "slug") if writes_slug else None
        super().save(*args, update_fields=update_fields, **kwargs)
        if old_slug and old_slug != self.slug:
            # Imported late: redirects need the models, and the models this.
            from posts import redirects

            redirects.remember(self, self.path_for(old_slug))

    @property
    def permalink(self) -> str:
        """The full address, as feeds and other sites need it."""
        return settings.SITE_URL + self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return self.path_for(self.slug)

    def path_for(self, slug: str) -> str:
        """The path on this site of a thing of this kind with that slug."""
        raise NotImplementedError
