"""Revisions in lists: without their bodies, so that a page of them stays light."""

from django.db.models import QuerySet

from posts.models import Revision
from posts.models.publication import Publication
from posts.revisions.keeping import of
from posts.revisions.naming import Naming
from posts.revisions.snapshots import differences


def rows(text: Publication) -> QuerySet[Revision]:
    return of(text).defer("body").select_related("saved_by")


def latest(text: Publication, most: int) -> list[Revision]:
    return list(rows(text).defer("body", "fields")[:most])


def name_changes(text: Publication, revisions: list[Revision]) -> None:
    """Give each of `revisions`, newest first and without a gap, `previous` and `changed_fields`.

    `previous` is the one before it or None, and `changed_fields` are labels of what differs from
    that.
    """
    if not revisions:
        return
    naming = Naming(type(text), [])
    older = rows(text).filter(number__lt=revisions[-1].number).first()
    for revision, previous in zip(revisions, [*revisions[1:], older], strict=True):
        revision.previous = previous
        names = differences(type(text), previous.fields, revision.fields) if previous else []
        revision.changed_fields = [naming.label(name) for name in names]
