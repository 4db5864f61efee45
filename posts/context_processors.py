from django.conf import settings
from django.utils.functional import SimpleLazyObject

from blogsite.pagecache import remembered
from posts.menus import Link
from posts.models import Page, SiteSettings


def site(request):
    """What the frame of every public page needs, asked for only where a template uses it."""
    return {
        "site": SimpleLazyObject(SiteSettings.load),
        "site_url": settings.SITE_URL,
        "navigation": SimpleLazyObject(navigation),
    }


def site_now(request):
    """The same for templates that all use it: what is lazy takes its time at each use."""
    return {"site": SiteSettings.load(), "site_url": settings.SITE_URL, "navigation": navigation()}


@remembered
def navigation() -> list[Link]:
    """The pages that are in the navigation."""
    pages = Page.objects.published().filter(in_navigation=True).without_text()
    return [Link(str(page), page.get_absolute_url()) for page in pages]
