"""The rows of what was found: queries that are the same for each search, so written once.

The keys of up to 300 texts are one value of such a query: a list, as each database reads one.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import BigIntegerField, Count, F, QuerySet
from django.db.models.expressions import RawSQL

from blogsite.prepared import Prepared
from posts.models import Page, Post, Tag
from posts.models.publication import time_of_readers

LISTS = {
    "sqlite": ("[{}]", "SELECT value FROM json_each(%s)"),
    "postgresql": ("{{{}}}", "SELECT unnest(%s::bigint[])"),
}


def listed(keys: Collection[int]) -> str:
    return LISTS[connection.vendor][0].format(",".join(map(str, keys)))


def within(keys: str) -> RawSQL:
    """Those of a list, for `__in`."""
    return RawSQL(LISTS[connection.vendor][1], [keys], BigIntegerField())  # noqa: S611 - our own


@Prepared
def _public(*, now, keys: str) -> QuerySet:
    found = Post.objects.published(now=now).filter(pk__in=within(keys)).order_by()
    return found.values_list("pk", flat=True)


@Prepared
def _posts(*, now, keys: str) -> QuerySet:
    found = Post.objects.published(now=now).filter(pk__in=within(keys)).order_by()
    return found.for_cards().annotate(words=F("body_text"))


@Prepared
def _pages(*, now, keys: str) -> QuerySet:
    found = Page.objects.published(now=now).filter(pk__in=within(keys)).order_by()
    return found.without_text().annotate(words=F("body_text"))


@Prepared
def _counts(most, *, keys: str) -> QuerySet:
    carrying = Post.tags.through.objects.filter(post__in=within(keys))
    counts = carrying.values("tag").annotate(number=Count("*")).order_by("-number", "tag")
    return counts.values_list("tag", "number")[:most]


def public_keys(keys: list[int]) -> set[int]:
    return set(_public(now=time_of_readers(), keys=listed(keys))) if keys else set()


def posts_by_key(keys: list[int]) -> dict[int, Post]:
    """Public ones alone, each with its text as `words`."""
    found = _posts(now=time_of_readers(), keys=listed(keys)) if keys else []
    return {post.pk: post for post in found}


def pages_by_key(keys: list[int]) -> dict[int, Page]:
    found = _pages(now=time_of_readers(), keys=listed(keys)) if keys else []
    return {page.pk: page for page in found}


def most_used_tags(keys: list[int], most: int) -> list[tuple[Tag, int]]:
    """Tags that most of these posts have, and how many of them do."""
    counts = dict(_counts(most, keys=listed(keys))) if keys else {}
    tags = Tag.objects.filter(pk__in=counts).order_by("pk") if counts else []
    return sorted(
        ((tag, counts[tag.pk]) for tag in tags), key=lambda each: (-each[1], each[0].name)
    )
