"""What of the writing can be found at the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blogsite.desksearch import MOST, Found, register
from blogsite.desksearch.query import best, called
from posts import access
from posts.attention import may_look
from posts.models import Page, Post, Series
from posts.publishing import wording
from posts.search import find_at_desk
from posts.tagging import tags_known_to

NEWEST = 2000  # names of texts that are looked through for letters
LOOKED_AT = 30  # hits that are asked whether who asks may see them


def find_posts(request, query) -> list[Found]:
    """By title, address and words; those in the trash by title and address alone."""
    user = request.user
    if access.sees_all_posts(user):
        return find_texts(Post, access.posts_at_desk_of(user), query)
    if access.writes_own_posts(user):
        return find_texts(Post, access.posts_at_desk_of(user), query, by=user)
    return []


def find_pages(request, query) -> list[Found]:
    if not may_look(request.user, "page"):
        return []
    return find_texts(Page, Page.everything.all(), query)


def find_texts(model, rows, query, by=None) -> list[Found]:
    """Of `rows`, all those `by` somebody or of everybody: names that hold the letters, then words.

    Letters inside of words are looked for where that has an end; whole words, and how the last of
    them begins, in the index of all texts.
    """
    names = rows.values_list("pk", "title", "slug")
    saved_last = names.order_by("-modified_at")[:NEWEST]
    trashed = names.filter(deleted_at__isnull=False).order_by("-deleted_at")[:NEWEST]
    keys = called([*saved_last, *trashed], query)[:MOST]
    keys += find_at_desk(query.text, LOOKED_AT, model, by)
    found = rows.without_text().in_bulk(set(keys))
    return texts([found[key] for key in dict.fromkeys(keys) if key in found][:MOST])


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
