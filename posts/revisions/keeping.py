"""Storing a revision, in the transaction that saved the text."""

from django.db import transaction
from django.db.models import Max, QuerySet

from blogsite.stored import stored_value
from posts.models import Post, Revision
from posts.models.publication import Publication
from posts.revisions.snapshots import differences, snapshot
from posts.revisions.words import count_changes

Reason = Revision.Reason


def of(text: Publication) -> QuerySet[Revision]:
    """The revisions of `text`, newest first."""
    return Revision.objects.filter(**owner(text)).order_by("-number")


@transaction.atomic
def keep(
    text: Publication,
    by=None,
    reason: Reason = Reason.SAVED,
    correction: str = "",
    milestone: str = "",
    restored_from: int | None = None,
) -> Revision | None:
    """Store `text`, as it was just saved with its tags and authors, as its next revision.

    None, and nothing stored, where it is what the newest revision says; a correction or a name
    makes one all the same.
    """
    # Who else saves it now waits here, and then counts on from our number.
    stored_value(text, "revision_number")
    newest = of(text).first()
    revision = Revision(
        **owner(text),
        saved_by=by,
        reason=reason,
        correction=correction,
        milestone=milestone,
        restored_from=restored_from,
        fields=snapshot(text),
        body=text.body,
    )
    if newest and not (correction or milestone) and not is_change(newest, revision):
        return None
    count(revision, newest)
    return append(revision, text)


def found(pk: int, model: type[Publication]) -> Revision | None:
    """A revision, not stored yet, of what the database holds now; None where one says it already.

    Older texts and those that something else has changed are kept this way before a change. To be
    called in a transaction, which holds the row from here on.
    """
    rows = model.everything.select_for_update(no_key=True).filter(pk=pk)
    stored = rows.defer("body_html", "body_text", "toc", "links", "images").first()
    if stored is None:
        return None
    revision = Revision(
        **owner(stored),
        saved_at=stored.modified_at,
        reason=Reason.FOUND,
        fields=snapshot(stored),
        body=stored.body,
    )
    newest = of(stored).first()
    if newest:
        count(revision, newest)
    return revision if newest is None or is_change(newest, revision) else None


@transaction.atomic
def remember_found(pk: int, model: type[Publication]) -> Revision | None:
    """Keep what the database holds of a text, if no revision does; called before a change."""
    revision = found(pk, model)
    return append(revision, revision.text) if revision else None


@transaction.atomic
def keep_change(before: Revision | None, text: Publication, **how) -> Revision | None:
    """As `keep`, where a save may have changed nothing: `before` is what `found` said earlier.

    So an older text that is saved as it is has no revisions afterwards either.
    """
    if before:
        now = Revision(fields=snapshot(text), body=text.body, **owner(text))
        if not is_change(before, now) and not how.get("correction") and not how.get("milestone"):
            return None
        append(before, text)
    return keep(text, **how)


def append(revision: Revision, text: Publication) -> Revision:
    """Store `revision` as the newest of `text`, which learns its number."""
    # From both: a text that was read before its last revision and saved after it has told the
    # database an older number.
    newest = of(text).aggregate(newest=Max("number"))["newest"] or 0
    revision.number = max(newest, stored_value(text, "revision_number") or 0) + 1
    revision.save()
    type(text).everything.filter(pk=text.pk).update(revision_number=revision.number)
    text.revision_number = revision.number
    return revision


def count(revision: Revision, before: Revision | None) -> None:
    """How many words came and went since `before`; all came with the first."""
    body = before.body if before else ""
    revision.words_added, revision.words_removed = count_changes(body, revision.body)


def is_change(old: Revision, new: Revision) -> bool:
    model = type(new.text)
    return old.body != new.body or bool(differences(model, old.fields, new.fields))


def owner(text: Publication) -> dict[str, Publication]:
    return {"post" if isinstance(text, Post) else "page": text}
