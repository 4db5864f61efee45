"""Plain makers of rows for tests. A test passes what it is about; the rest is dull."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.tests.factories import make_user
from posts.models import Byline, Page, Post, Series, Tag

numbers = count(1)


def an_hour_ago():
    return timezone.now() - timedelta(hours=1)


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def make_tag(name="", **fields) -> Tag:
    name = name or f"Tag {next(numbers)}"
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return Tag.objects.create(name=name, slug=slug, **fields)


def make_series(title="", **fields) -> Series:
    title = title or f"Series {next(numbers)}"
    return Series.objects.create(
        title=title, slug=fields.pop("slug", title.lower().replace(" ", "-")), **fields
    )


def make_post(authors=(), tags=(), **fields) -> Post:
    """A post published an hour ago by a new author, unless told otherwise."""
    number = next(numbers)
    defaults = {
        "title": f"Post {number}",
        "slug": f"post-{number}",
        "body": f"Text of post {number}.",
        "published_at": an_hour_ago(),
    }
    post = Post.objects.create(**defaults | fields)
    for position, author in enumerate(authors or [make_user()]):
        Byline.objects.create(post=post, user=author, position=position)
    post.tags.set(tags)
    return post


def make_page(**fields) -> Page:
    number = next(numbers)
    defaults = {
        "title": f"Page {number}",
        "slug": f"page-{number}",
        "body": f"Text of page {number}.",
        "published_at": an_hour_ago(),
    }
    return Page.objects.create(**defaults | fields)
