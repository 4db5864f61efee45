from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TARGETS = ["post", "page", "tag", "series", "author"]


def exactly_one_target() -> Q:
    """A condition: one of the targets, or a plain path, or gone; never two of them."""
    ways = [Q(**{f"{name}__isnull": False}) for name in TARGETS]
    ways += [~Q(to_path=""), Q(gone=True)]
    one = Q()
    for chosen in range(len(ways)):
        only = ways[chosen]
        for other, way in enumerate(ways):
            if other != chosen:
                only &= ~way
        one |= only
    return one


def as_asked(path: str) -> str:
    """`path` as a request names it: `/post/über/`, where an address says `/post/%C3%BCber/`."""
    return unquote(path)


class Redirect(models.Model):
    """A former address and where it leads now.

    It points at the thing itself and not at its address of the day, so a thing that moves
    twice is still one hop away.
    """

    path = models.CharField(
        _("former address"),
        max_length=500,
        unique=True,
        help_text=_("Such as /2019/04/my-post.html"),
    )
    post = models.ForeignKey("Post", models.CASCADE, null=True, blank=True)
    page = models.ForeignKey("Page", models.CASCADE, null=True, blank=True)
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, blank=True)
    series = models.ForeignKey("Series", models.CASCADE, null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True)
    to_path = models.CharField(
        _("address"), max_length=500, blank=True, help_text=_("A path on this site.")
    )
    gone = models.BooleanField(
        _("gone"), default=False, help_text=_("Answer that it was removed on purpose.")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_target(),
                name="redirect_has_one_target",
                violation_error_message=_("Choose exactly one place to lead to, or gone."),
            ),
        ]

    def __str__(self):
        return self.path

    def clean(self):
        super().clean()
        self.path = as_asked(self.path)
        if "?" in self.path or "#" in self.path:
            raise ValidationError(
                {"path": _("Leave out what follows ? or #: it is kept and plays no part here.")}
            )
        for field in ("path", "to_path"):
            value = getattr(self, field)
            if value and (not value.startswith("/") or value.startswith(("//", "/\\"))):
                raise ValidationError({field: _("Give a path on this site that begins with /.")})
        if self.to_path and as_asked(self.to_path) == self.path:
            raise ValidationError({"to_path": _("This would lead back to itself.")})

    @property
    def target(self):
        """The thing it leads to; None for a plain path and for gone."""
        return next(filter(None, (getattr(self, name) for name in TARGETS)), None)
