"""What gathers posts, by the word in its address: a tag, a series, an author.

One without a published post has no page and no feed, and is as unknown as one that never was.
"""

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _

from blogsite.prepared import Prepared
from posts.authors import published_authors
from posts.models import Series, Tag
from posts.models.publication import time_of_readers


@Prepared
def tags_by_slug(now, slug):
    return Tag.objects.with_posts(now).filter(slug=slug).order_by()


@Prepared
def series_by_slug(now, slug):
    return Series.objects.with_posts(now).filter(slug=slug).order_by()


@Prepared
def authors_by_handle(now, handle):
    return published_authors(now).filter(handle=handle).order_by()


def find_tag(slug: str) -> Tag:
    """With `post_count` and `newest_at`; raises Http404."""
    return only_one(tags_by_slug(now=time_of_readers(), slug=slug), _("There is no such tag."))


def find_series(slug: str) -> Series:
    """With `post_count` and `newest_at`; raises Http404."""
    found = series_by_slug(now=time_of_readers(), slug=slug)
    return only_one(found, _("There is no such series."))


def find_author(handle: str):
    """A person, with `newest_at`; raises Http404."""
    found = authors_by_handle(now=time_of_readers(), handle=handle)
    return only_one(found, _("There is no such author."))


def only_one(found: list[Model], sentence: str) -> Model:
    if not found:
        raise Http404(sentence)
    return found[0]


@Prepared
def tags_with_posts(now):
    return Tag.objects.with_posts(now)


@Prepared
def series_with_posts(now):
    return Series.objects.with_posts(now).order_by("-newest_at")
