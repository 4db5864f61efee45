"""Things that live at an address made from their slug, and keep their old addresses."""

from django.conf import settings
from django.db import models, transaction


class Addressed(models.Model):
    """Gives a model `get_absolute_url()` with a memory: a changed slug leaves a redirect."""

    class Meta:
        abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What the database holds, to notice a change; not read where the field is deferred.
        self._saved_slug = self.__dict__.get("slug")

    def save(self, *args, **kwargs):
        old_slug, is_new = self._saved_slug, self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if old_slug and not is_new and old_slug != self.slug:
                # Imported late: redirects need the models, and the models this.
                from posts import redirects

                redirects.remember(self, self.path_for(old_slug))
        self._saved_slug = self.slug

    @property
    def permalink(self) -> str:
        """The full address, as feeds and other sites need it."""
        return settings.SITE_URL + self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return self.path_for(self.slug)

    def path_for(self, slug: str) -> str:
        """The path on this site of a thing of this kind with that slug."""
        raise NotImplementedError
