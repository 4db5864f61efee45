"""The post that somebody writes to. It may have been renamed or removed while they wrote."""

from http import HTTPStatus

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from posts import redirects
from posts.models import Post
from posts.models.redirect import as_asked


def find_post(slug: str, member: User | None) -> Post | None:
    """The post at a present or former address that is public, or that `member` may see."""
    rows = Post.objects.without_text().select_related("discussion")
    published = rows.published()
    found = only(published.filter(slug=slug)) or only(
        published.filter(redirect__path=path_of(slug))
    )
    if found is None and member:
        found = only(rows.visible_to(member).filter(slug=slug))
    return found


def only(posts: QuerySet) -> Post | None:
    """The one that there is, if any: to write down an order for it takes longer than to ask."""
    return next(iter(posts.order_by()[:1]), None)


def path_of(slug: str) -> str:
    return as_asked(reverse("posts:detail", args=[slug]))


def status_of_missing(slug: str) -> HTTPStatus:
    """Whether there never was such a post for readers, or there is none any more."""
    hidden = Post.everything.without_text().filter(slug=slug).first()
    if hidden:
        return HTTPStatus.GONE if hidden.is_gone else HTTPStatus.NOT_FOUND
    former = redirects.find(path_of(slug))
    return HTTPStatus.GONE if former and former.is_gone else HTTPStatus.NOT_FOUND
