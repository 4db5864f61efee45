"""What a visitor sees first: the newest posts, or a page that the owner chose."""

from django.urls import reverse

from blogsite.pagecache import keep
from posts.models import Page, SiteSettings
from posts.views.detail import MARKDOWN, PageDetail
from posts.views.lists import FrontPage


@keep(parameters=["page"], types=["text/html", MARKDOWN])
def front_page(request):
    """The chosen page while it is published, else the newest posts."""
    chosen = SiteSettings.load().front_page_id
    page = Page.objects.published().filter(pk=chosen).first() if chosen else None
    view = ChosenPage.as_view(chosen=page) if page else FrontPage.as_view()
    return view(request)


class ChosenPage(PageDetail):
    """A page at the root of the site; it answers at its own address as well."""

    chosen = None

    def get_object(self, queryset=None):
        return self.chosen


class Stream(FrontPage):
    """The newest posts at an address that stays theirs when a page takes the first place."""

    def get_home_path(self):
        is_moved = SiteSettings.load().front_page_id
        return self.get_base_path() if is_moved else reverse("posts:list")
