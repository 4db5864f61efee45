"""Pages that list posts: front page, tag, author, series, and the lists of these."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.views.generic import ListView

from blogsite.pagecache import remembered
from posts.groups import (
    find_author,
    find_series,
    find_tag,
    series_with_posts,
    tags_with_posts,
)
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


class TagPage(PublicList):
    """Posts under one tag."""

    template_name = "posts/tag.jinja"

    def get_listing(self):
        self.tag = find_tag(self.kwargs["slug"])
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
        self.author = find_author(self.kwargs["handle"])
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
        self.series = find_series(self.kwargs["slug"])
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
        return tags_with_posts(now=time_of_readers())

    def get_heading(self):
        return _("Tags")

    def get_description(self):
        return _("Everything written here, by subject.")


class SeriesList(PublicPage, ListView):
    """All series that have a published part."""

    template_name = "posts/series_list.jinja"
    context_object_name = "series_list"

    def get_queryset(self):
        return series_with_posts(now=time_of_readers())

    def get_heading(self):
        return _("Series")

    def get_description(self):
        return _("Posts that are read in an order.")
