"""The post that somebody writes to. It may have been renamed or removed while they wrote."""

from http import HTTPStatus

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from blogsite.prepared import Prepared
from posts import redirects
from posts.models import Post
from posts.models.publication import time_of_readers
from posts.models.redirect import as_asked


def find_post(slug: str, member: User | None) -> Post | None:
    """The post at a present or former address that is public, or that `member` may see."""
    now = time_of_readers()
    found = [*published_now(now=now, slug=slug)] or [*published_then(now=now, path=path_of(slug))]
    if not found and member:
        found = rows_for_writing().visible_to(member).filter(slug=slug).order_by()[:1]
    return next(iter(found), None)


def rows_for_writing() -> QuerySet:
    return Post.objects.without_text().select_related("discussion")


@Prepared
def published_now(now, slug):
    return rows_for_writing().published(now=now).filter(slug=slug).order_by()[:1]


@Prepared
def published_then(now, path):
    return rows_for_writing().published(now=now).filter(redirect__path=path).order_by()[:1]


def path_of(slug: str) -> str:
    return as_asked(reverse("posts:detail", args=[slug]))


def status_of_missing(slug: str) -> HTTPStatus:
    """Whether there never was such a post for readers, or there is none any more."""
    hidden = Post.everything.without_text().filter(slug=slug).first()
    if hidden:
        return HTTPStatus.GONE if hidden.is_gone else HTTPStatus.NOT_FOUND
    former = redirects.find(path_of(slug))
    return HTTPStatus.GONE if former and former.is_gone else HTTPStatus.NOT_FOUND
