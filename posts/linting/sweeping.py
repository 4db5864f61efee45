"""Many texts, one batch after the other."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

from posts.linting.checking import check_all
from posts.linting.finding import Finding
from posts.models import Page, Post
from posts.models.publication import Publication, long_columns

BATCH = 100  # texts whose targets are looked up together


class UnknownSlug(LookupError):
    """No post or page has this slug."""


def published() -> list[QuerySet]:
    return [model.objects.published() for model in (Post, Page)]


def living() -> list[QuerySet]:
    """Drafts too, and all else that is not in the trash."""
    return [model.objects.all() for model in (Post, Page)]


def named(slugs: list[str]) -> list[QuerySet]:
    """The posts and pages with these slugs; raises UnknownSlug with the first that none has."""
    found = [rows.filter(slug__in=slugs) for rows in living()]
    known = {slug for rows in found for slug in rows.values_list("slug", flat=True)}
    for slug in slugs:
        if slug not in known:
            raise UnknownSlug(slug)
    return found


def sweep(texts: list[QuerySet]) -> Iterator[tuple[Publication, list[Finding]]]:
    """Each text with what is to be mended in it; never more than a batch in memory."""
    for rows in texts:
        some = rows.order_by("pk").defer(*(set(long_columns()) - {"body"}))
        if rows.model is Post:
            some = some.select_related("cover")
        stream = some.iterator(chunk_size=BATCH)
        while batch := list(islice(stream, BATCH)):
            yield from zip(batch, check_all(batch), strict=True)
