"""What every public page shares: its head, its caching, its way of counting pages."""

import re

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import ListView

from blogsite.pagecache import keep
from posts.models import SiteSettings
from posts.models.post import PostQuerySet
from posts.tallies.lists import Listing

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


def numbered_page(request, rows, size: int) -> Page:
    """The page of `rows` that `?page=` asks for; raises Http404."""
    return asked_page(request, Paginator(rows, size))


def asked_page(request, paginator: Paginator) -> Page:
    """The page that `?page=` asks for; raises Http404.

    Only a plain number is a page: no `last`, no ` 2`, no `０２`.
    """
    asked = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(asked):
        raise Http404(_("There is no such page."))
    try:
        return paginator.page(int(asked))
    except InvalidPage as error:
        raise Http404(_("There is no such page.")) from error


class PublicPage:
    """Mixin: a page that is the same for everyone.

    We keep it; browsers and proxies may as well, and ask each time whether it is still right.
    """

    kept = {}  # what `keep` is to know of it; None for a page that is not kept
    heading = ""
    description = ""
    robots = ""  # content of <meta name="robots">; empty for none
    feed_path = "/"  # the feeds announced in the head are those below this path

    @classmethod
    def as_view(cls, **options):
        view = super().as_view(**options)
        return view if cls.kept is None else keep(**cls.kept)(view)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=self.get_heading(),
            description=self.get_description(),
            canonical=settings.SITE_URL + self.get_canonical_path(),
            feed_path=self.get_feed_path(),
            robots=self.robots,
            **kwargs,
        )

    def get_heading(self) -> str:
        return self.heading

    def get_description(self) -> str:
        return self.description

    def get_canonical_path(self) -> str:
        return self.request.path

    def get_feed_path(self) -> str:
        return self.feed_path

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if "Cache-Control" not in response:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


class PublicList(PublicPage, ListView):
    """Published posts in numbered pages: `?page=2`."""

    kept = {"parameters": ["page"]}
    template_name = "posts/post_list.jinja"
    context_object_name = "post_list"

    def get(self, request, *args, **kwargs):
        if request.GET.get("page") == "1":  # the first page has one address
            query = request.GET.copy()
            del query["page"]
            return HttpResponsePermanentRedirect(
                request.path + (f"?{query.urlencode()}" if query else "")
            )
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return self.get_listing()

    def get_listing(self) -> Listing:
        """The posts of all pages."""
        return Listing(prepare=PostQuerySet.for_cards)

    def get_paginate_by(self, queryset):
        return SiteSettings.load().posts_per_page

    def paginate_queryset(self, queryset, page_size):
        page = numbered_page(self.request, queryset, page_size)
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        context["page_range"] = page.paginator.get_elided_page_range(page.number, on_each_side=2)
        context["first_address"] = self.get_base_path()
        return context

    def get_base_path(self) -> str:
        """The path of the first page."""
        return self.request.path

    def get_home_path(self) -> str:
        """The path at which search engines should know the first page."""
        return self.get_base_path()

    def get_canonical_path(self):
        number = self.request.GET.get("page")
        return self.get_home_path() + (f"?page={number}" if number else "")
