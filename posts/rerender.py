"""Bringing stored HTML up to date with the renderer."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from posts import rendering
from posts.models import Page, Post
from posts.search import keep_in_step

AT_ONCE = 500  # keys in memory
COMPUTED = [
    "body_html",
    "body_text",
    "description",
    "excerpt_html",
    "images",
    "links",
    "renderer_version",
    "toc",
    "word_count",
]
COMPUTED_OF_POSTS = [*COMPUTED, "lead_alt", "lead_image"]


def rerender(everything: bool = False) -> Iterator[str]:
    """Render again what an older renderer made, or `everything`; yields each title when done.

    One row at a time, each in a transaction of its own, so it can be stopped and run again.
    Only computed columns are written: nothing that an editor or a reader calls a change.
    """
    for model, columns in ((Post, COMPUTED_OF_POSTS), (Page, COMPUTED)):
        rows = model.everything.all()
        if not everything:
            rows = rows.exclude(renderer_version=rendering.VERSION)
        for key in keys_of(rows):
            title = rerender_one(model, key, columns)
            if title is not None:
                yield title


def keys_of(rows: QuerySet) -> Iterator[int]:
    """Some at a time. While one question were open, SQLite would keep all that is written since
    in its journal, which grew with the site."""
    keys, last = rows.order_by("pk").values_list("pk", flat=True), 0
    while some := list(keys.filter(pk__gt=last)[:AT_ONCE]):
        yield from some
        last = some[-1]


def rerender_one(model, pk: int, columns: list[str]) -> str | None:
    """Its title; None where it is no longer there."""
    with transaction.atomic():
        row = model.everything.select_for_update().filter(pk=pk).first()
        if row is None:
            return None
        row.render()
        values = {column: getattr(row, column) for column in columns}
        model.everything.filter(pk=pk).update(**values)
        keep_in_step(model, [pk])
    return str(row)
