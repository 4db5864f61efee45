from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ALT_MAX_LENGTH = 500  # characters; a screen reader reads all of it out loud


class ImageQuerySet(models.QuerySet):
    def for_sources(self, sources: list[str]):
        """The stored pictures behind these addresses, in the order of `sources`."""
        paths = [path for path in map(stored_path, sources) if path]
        in_order = models.Case(
            *(models.When(file=path, then=place) for place, path in enumerate(paths[:50])),
            default=len(paths),
        )
        return self.filter(file__in=paths).order_by(in_order) if paths else self.none()

    def trashed(self):
        return self.exclude(deleted_at=None)


class LivingImages(models.Manager.from_queryset(ImageQuerySet)):
    """All pictures that are not in the trash."""

    def get_queryset(self):
        return super().get_queryset().filter(deleted_at=None)


class Image(models.Model):
    """A picture: re-encoded original without metadata, and smaller copies of it."""

    file = models.CharField(max_length=255, unique=True, editable=False)
    alt = models.CharField(
        _("description"),
        max_length=ALT_MAX_LENGTH,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # [{"type": "image/webp", "width": 480, "height": 320, "file": "images/…-480.webp"}, …]
    renditions = models.JSONField(default=list, blank=True, editable=False)
    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of what was uploaded"
    )
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
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

    objects = LivingImages()
    everything = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(
                "uploaded_at", "id", condition=models.Q(deleted_at=None), name="image_listed"
            ),
            models.Index("deleted_at", condition=~models.Q(deleted_at=None), name="image_trashed"),
            models.Index("id", condition=models.Q(alt=""), name="image_undescribed"),
        ]

    def __str__(self):
        return self.alt or self.original_name or self.file

    @property
    def url(self) -> str:
        """Address of the full-size picture."""
        return default_storage.url(self.file)

    def get_absolute_url(self):
        return self.url


def stored_path(source: str) -> str:
    """The storage path behind an image address of this site; empty for any other address."""
    for prefix in (settings.MEDIA_URL, settings.SITE_URL + settings.MEDIA_URL):
        if source.startswith(prefix):
            return source.removeprefix(prefix)
    return ""
