"""Tags of the admin's own pages."""

from django import template
from django.db.models import Count, Q

from posts import access
from posts.models import SiteSettings
from posts.models.publication import has_status

register = template.Library()

SHOWN = 5  # drafts and scheduled posts named on the start page


@register.simple_tag
def site_settings() -> SiteSettings:
    """The settings of the site: on the sign-in page Django puts another thing under `site`."""
    return SiteSettings.load()


@register.simple_tag
def needs_attention(user) -> dict:
    """What an editor or author may want to go on with, in five queries."""
    posts = access.posts_at_desk_of(user)
    newest = posts.without_text().order_by("-modified_at")
    counts = posts.aggregate(
        drafts=Count("pk", filter=has_status("draft")),
        in_review=Count("pk", filter=has_status("draft") & ~Q(submitted_at=None)),
        scheduled=Count("pk", filter=has_status("scheduled")),
        published=Count("pk", filter=has_status("published")),
        trashed=Count("pk", filter=~Q(deleted_at=None)),
    )
    return counts | {
        "undescribed": access.images_at_desk_of(user).filter(alt="").count(),
        "review_list": newest.in_review().order_by("submitted_at")[:SHOWN],
        "draft_list": newest.drafts().filter(submitted_at=None)[:SHOWN],
        "scheduled_list": newest.scheduled().order_by("published_at")[:SHOWN],
    }
