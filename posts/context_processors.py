from django.conf import settings
from django.utils.functional import SimpleLazyObject

from posts.models import Page, SiteSettings


def site(request):
    """What the frame of every public page needs, asked for only where a template uses it."""
    return {
        "site": SimpleLazyObject(SiteSettings.load),
        "site_url": settings.SITE_URL,
        "navigation": SimpleLazyObject(navigation),
    }


def navigation():
    return list(Page.objects.published().filter(in_navigation=True).without_text())
