"""Bringing stored HTML up to date with the renderer."""

from collections.abc import Iterator

from django.db import transaction

from posts import rendering
from posts.models import Page, Post
from posts.search import keep_in_step

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
        rows = model.everything.order_by("pk")
        if not everything:
            rows = rows.exclude(renderer_version=rendering.VERSION)
        for pk in rows.values_list("pk", flat=True).iterator():
            yield rerender_one(model, pk, columns)


def rerender_one(model, pk: int, columns: list[str]) -> str:
    with transaction.atomic():
        row = model.everything.select_for_update().get(pk=pk)
        row.render()
        values = {column: getattr(row, column) for column in columns}
        model.everything.filter(pk=pk).update(**values)
        keep_in_step(model, [pk])
    return str(row)
