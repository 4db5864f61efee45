"""Addresses on other sites that published texts link to."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from posts.models.revision import of_one_text

FAILURES = 2  # a day apart; one may be an outage


def digest_of(address: str) -> str:
    """What an address is found by: it may be longer than an index takes."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


class ExternalLinkQuerySet(models.QuerySet):
    def broken(self):
        return self.filter(failures__gte=FAILURES)

    def due(self):
        """What is to be asked now, the longest overdue first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class ExternalLink(models.Model):
    """One address on another site, and what came of asking for it.

    `failures` counts only those at least a day apart; an answer that says nothing for certain, such
    as "too many requests", leaves it as it is.
    """

    address = models.TextField(_("address"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    host = models.CharField(_("site"), max_length=255)
    due_at = models.DateTimeField(_("next check"), default=timezone.now)
    checked_at = models.DateTimeField(_("last check"), null=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)  # of HTTP
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    failed_at = models.DateTimeField(null=True)  # the last failure that counted
    failures = models.PositiveSmallIntegerField(_("failures"), default=0)

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        ordering = ["failing_since", "pk"]
        indexes = [
            models.Index("due_at", "id", name="link_by_due"),
            models.Index("host", name="link_by_host"),
            models.Index(
                "failing_since", "id", condition=Q(failures__gte=FAILURES), name="link_broken"
            ),
        ]

    def __str__(self):
        return self.address[:200]

    @property
    def is_broken(self) -> bool:
        return self.failures >= FAILURES


class LinkUse(models.Model):
    """A text that links to another site; renewed with each gathering, so it may be a day old."""

    link = models.ForeignKey(ExternalLink, models.CASCADE, related_name="uses")
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="+")
    page = models.ForeignKey("Page", models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=of_one_text(), name="link_use_of_one_text"),
            models.UniqueConstraint("link", "post", name="link_use_once_a_post"),
            models.UniqueConstraint("link", "page", name="link_use_once_a_page"),
        ]

    def __str__(self):
        return str(self.post or self.page)

    @property
    def text(self):
        return self.post or self.page
