"""Tags of the admin's own pages."""

from django import template
from django.db.models import Count, Q

from posts.models import Image, Post, SiteSettings
from posts.models.publication import has_status

register = template.Library()

SHOWN = 5  # drafts and scheduled posts named on the start page


@register.simple_tag
def site_settings() -> SiteSettings:
    """The settings of the site: on the sign-in page Django puts another thing under `site`."""
    return SiteSettings.load()


@register.simple_tag
def needs_attention() -> dict:
    """What an editor may want to go on with, in four queries."""
    counts = Post.everything.aggregate(
        drafts=Count("pk", filter=has_status("draft")),
        scheduled=Count("pk", filter=has_status("scheduled")),
        published=Count("pk", filter=has_status("published")),
        trashed=Count("pk", filter=~Q(deleted_at=None)),
    )
    return counts | {
        "undescribed": Image.objects.filter(alt="").count(),
        "draft_list": Post.objects.drafts().without_text().order_by("-modified_at")[:SHOWN],
        "scheduled_list": Post.objects.scheduled().without_text().order_by("published_at")[:SHOWN],
    }
