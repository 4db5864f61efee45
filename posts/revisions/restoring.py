"""Bringing an earlier revision back, as a new one."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from blogsite.audit import recording
from posts.models import Revision
from posts.models.publication import Publication
from posts.revisions.keeping import keep, owner, remember_found
from posts.revisions.snapshots import AUTHORS, TAGS, apply, differences, snapshot

# The text with what belongs to it. The address, all dates and what is switched on or off are about
# today: bringing these back could publish or hide a text, or reopen its comments.
TEXT_FIELDS = {
    "title",
    "summary",
    "language",
    "cover",
    "cover_alt",
    "tested_with",
    TAGS,
    AUTHORS,
}


class Stale(Exception):
    """Somebody saved the text meanwhile."""


@dataclass(frozen=True)
class Restored:
    revision: Revision | None  # None where nothing differed
    left_out: list[str]  # names of fields that could not come back whole


@transaction.atomic
def restore(
    text: Publication, revision: Revision, by, based_on: int, names: Collection[str] = TEXT_FIELDS
) -> Restored:
    """Give `text` the body of `revision` and, of its fields, those in `names`.

    `based_on` is the number that was newest when somebody decided this; raises Stale where
    another has come since.
    """
    text.refresh_from_db(from_queryset=type(text).everything.select_for_update(no_key=True))
    if text.revision_number != based_on:
        raise Stale
    remember_found(text.pk, type(text))
    returning = {name: value for name, value in revision.fields.items() if name in names}
    left_out = apply(text, returning, revision.body)
    reason = Revision.Reason.RESTORED
    kept = keep(text, by=by, reason=reason, restored_from=revision.number)
    if kept:
        recording.record(f"posts.{text._meta.model_name}_revision_restored", text, actor=by)
    return Restored(kept, left_out)


def today(text: Publication) -> Revision:
    """`text` as it is now, as a revision that is not stored."""
    return Revision(**owner(text), fields=snapshot(text), body=text.body)


def preview(now: Revision, revision: Revision, names: Collection[str]) -> Revision:
    """What `restore` would make of a text that is `now` so."""
    returning = {name: value for name, value in revision.fields.items() if name in names}
    return Revision(**owner(now.text), fields=now.fields | returning, body=revision.body)


def staying(now: Revision, revision: Revision, names: Collection[str]) -> list[str]:
    """The names of fields that differ from `revision`, and will go on doing so."""
    changed = differences(type(now.text), revision.fields, now.fields)
    return [name for name in changed if name not in names]
