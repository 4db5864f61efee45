"""Pages that list posts: front page, tag, author, series, and the lists of these."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import ListView

from blogsite.pagecache import remembered
from blogsite.prepared import Prepared
from posts.authors import published_authors
from posts.models import Series, SiteSettings, Tag, Tally
from posts.models.publication import time_of_readers
from posts.rendering import inline_text
from posts.views.public import PublicList, PublicPage


class FrontPage(PublicList):
    """The newest posts, and the ways into the rest."""

    template_name = "posts/front_page.jinja"

    def get_description(self):
        site = SiteSettings.load()
        return site.description or site.tagline or site.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            top_tags=top_tags(),
            running_series=running_series(),
            **kwargs,
        )


@remembered
def top_tags() -> list[Tag]:
    return list(Tag.objects.with_posts().order_by("-post_count", "name")[:12])


@remembered
def running_series() -> list[Series]:
    return list(Series.objects.with_posts().order_by("-newest_at")[:3])


@Prepared
def tags_by_slug(now, slug):
    return Tag.objects.with_posts(now).filter(slug=slug).order_by()


class TagPage(PublicList):
    """Posts under one tag."""

    template_name = "posts/tag.jinja"

    def get_listing(self):
        found = tags_by_slug(now=time_of_readers(), slug=self.kwargs["slug"])
        if not found:
            raise Http404(_("There is no such tag."))
        [self.tag] = found
        return replace(super().get_listing(), kind=Tally.Kind.TAG, key=self.tag.pk)

    def get_heading(self):
        return self.tag.name

    def get_description(self):
        return inline_text(self.tag.description) or _("Posts under %s.") % self.tag.name

    def get_feed_path(self):
        return self.tag.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(tag=self.tag, **kwargs)


class AuthorPage(PublicList):
    """Posts by one author. Somebody without a published post has no page."""

    template_name = "posts/author.jinja"

    def get_listing(self):
        self.author = get_object_or_404(published_authors(), handle=self.kwargs["handle"])
        return replace(super().get_listing(), kind=Tally.Kind.AUTHOR, key=self.author.pk)

    def get_heading(self):
        return self.author.name

    def get_description(self):
        return inline_text(self.author.bio) or _("Posts by %s.") % self.author.name

    def get_feed_path(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        return super().get_context_data(author=self.author, **kwargs)


class SeriesPage(PublicList):
    """The parts of one series, first part first, all on one page."""

    template_name = "posts/series.jinja"

    def get_queryset(self):
        self.series = get_object_or_404(Series.objects.with_posts(), slug=self.kwargs["slug"])
        return self.series.published_parts().for_cards()

    def get_paginate_by(self, queryset):
        return 500  # a table of contents is whole or useless

    def get_heading(self):
        return self.series.title

    def get_description(self):
        return inline_text(self.series.description) or _("All parts, in order.")

    def get_feed_path(self):
        return self.series.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(series=self.series, **kwargs)


class TagList(PublicPage, ListView):
    """All tags that lead anywhere, by name."""

    template_name = "posts/tag_list.jinja"
    context_object_name = "tag_list"

    def get_queryset(self):
        return Tag.objects.with_posts()

    def get_heading(self):
        return _("Tags")

    def get_description(self):
        return _("Everything written here, by subject.")


class SeriesList(PublicPage, ListView):
    """All series that have a published part."""

    template_name = "posts/series_list.jinja"
    context_object_name = "series_list"

    def get_queryset(self):
        return Series.objects.with_posts().order_by("-newest_at")

    def get_heading(self):
        return _("Series")

    def get_description(self):
        return _("Posts that are read in an order.")
