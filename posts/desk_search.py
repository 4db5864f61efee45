"""What of the writing can be found at the desk, by title and name."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blogsite.desksearch import MOST, Found, register
from blogsite.desksearch.query import best
from posts import access
from posts.attention import may_look
from posts.models import Page, Series
from posts.publishing import wording
from posts.tagging import tags_known_to


def find_posts(request, query) -> list[Found]:
    """By title and address; the newest first, those in the trash too."""
    rows = access.posts_at_desk_of(request.user).order_by("-modified_at")
    return texts(best(rows.without_text(), query, "title", "slug", most=MOST))


def find_pages(request, query) -> list[Found]:
    if not may_look(request.user, "page"):
        return []
    rows = Page.everything.order_by("-modified_at").without_text()
    return texts(best(rows, query, "title", "slug", most=MOST))


def texts(found) -> list[Found]:
    return [
        Found(str(each), desk_page(each), str(wording.NAMES[wording.state_of(each)]))
        for each in found
    ]


def find_tags(request, query) -> list[Found]:
    """For whom may change tags; an author finds the posts instead."""
    if not may_look(request.user, "tag"):
        return []
    return named(best(tags_known_to(request.user), query, "name", "slug", most=MOST))


def find_series(request, query) -> list[Found]:
    if not may_look(request.user, "series"):
        return []
    return named(best(Series.objects.order_by("title"), query, "title", "slug", most=MOST))


def find_images(request, query) -> list[Found]:
    """By description, caption and the name of the file that was uploaded."""
    rows = access.images_at_desk_of(request.user).order_by("-pk")
    columns = ["alt", "caption", "original_name"]
    return named(best(rows, query, *columns, most=MOST), of="original_name")


def named(found, of: str = "") -> list[Found]:
    """With what the column `of` says as a note."""
    return [Found(str(each), desk_page(each), getattr(each, of, "")) for each in found]


def desk_page(thing) -> str:
    return reverse(f"admin:posts_{thing._meta.model_name}_change", args=[thing.pk])


register("posts", _("Posts"), find_posts)
register("pages", _("Pages"), find_pages)
register("tags", _("Tags"), find_tags)
register("series", _("Series"), find_series)
register("pictures", _("Pictures"), find_images)
