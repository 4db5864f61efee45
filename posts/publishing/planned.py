"""Scheduled edits: a new version of a published post that goes live at its time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from posts import revisions
from posts.drafting.merging import merge3, merge_without_base
from posts.models import PlannedEdit, Post, Revision
from posts.models.publication import has_status
from posts.publishing import emails, states
from posts.revisions import snapshots

# When readers see the post is decided for the post itself, and not by a version of it.
DATES = {"published_at", "expires_at"}
LIVE = "saved"  # what the live text is called where a merged one marks a conflict


@dataclass(frozen=True)
class Version:
    """What a post would be: `fields` are those that change."""

    fields: dict
    body: str
    has_conflicts: bool = False


def waiting() -> QuerySet[PlannedEdit]:
    return PlannedEdit.objects.filter(applied_at=None)


def of(post: Post) -> PlannedEdit | None:
    """The new version of `post` that waits, if one does."""
    return waiting().filter(post=post).select_related("made_by").first()


def due() -> QuerySet[PlannedEdit]:
    """Those whose time has come, the earliest first. What is not public just now goes on waiting."""
    now = timezone.now()
    ready = waiting().filter(has_status("published", "post__"), due_at__lte=now, problem="")
    return ready.order_by("due_at", "pk")


# --- Preparing --------------------------------------------------------------------


@transaction.atomic
def prepare(
    post: Post, fields: dict, body: str, due_at: datetime, by=None, is_update: bool = False
) -> PlannedEdit:
    """Keep a new version of `post` until `due_at`, in place of one that waits already.

    `fields` are a snapshot of it. It is meant as a change of what the post says now.
    """
    revisions.remember_found(post.pk, Post)  # what both sides come from, should they part
    based_on = Post.everything.values_list("revision_number", flat=True).get(pk=post.pk)
    values = {
        "body": body,
        "fields": {name: value for name, value in fields.items() if name not in DATES},
        "based_on": based_on,
        "due_at": due_at,
        "is_update": is_update,
        "made_by": by,
        "made_at": timezone.now(),
        "problem": "",
    }
    edit, _is_new = PlannedEdit.objects.update_or_create(
        post_id=post.pk, applied_at=None, defaults=values
    )
    states.record("planned", post, by)
    return edit


@transaction.atomic
def cancel(edit: PlannedEdit, by=None) -> bool:
    """Drop a version that waits; False where it is live or dropped by now."""
    gone, _rows = waiting().filter(pk=edit.pk).delete()
    if gone:
        states.record("plan_cancelled", edit.post, by)
    return bool(gone)


# --- Going live -------------------------------------------------------------------


def apply_due() -> int:
    """Let all go live whose time has come; how many did. Safe to repeat, and at once in two places."""
    return sum(go_live(edit) for edit in due())


def go_live(edit: PlannedEdit, by=None) -> bool:
    """Give the post its new version. False where it is live already, or has to be held back."""
    try:
        return apply(edit, by)
    except IntegrityError:  # its address, say, belongs to another text by now
        hold_back(edit)
        return False


@transaction.atomic
def apply(edit: PlannedEdit, by=None) -> bool:
    # The post first, as `prepare` does: so neither waits for what the other holds.
    post = Post.everything.select_for_update().filter(pk=edit.post_id).first()
    edit = waiting().select_for_update().filter(pk=edit.pk).first()
    if post is None or edit is None:
        return False
    version = version_for(edit, post)
    if version.has_conflicts:
        hold_back(edit)
        return False
    if edit.is_update:
        post.updated_at = timezone.now()
        version.fields.pop("updated_at", None)
    snapshots.apply(post, version.fields, version.body)
    edit.applied_at, edit.problem = timezone.now(), ""
    edit.save(update_fields=["applied_at", "problem"])
    revisions.keep(post, by=edit.made_by, reason=Revision.Reason.PLANNED)
    states.record("plan_applied", post, by)
    return True


@transaction.atomic
def hold_back(edit: PlannedEdit) -> None:
    """It stays as it is until its maker has looked at it."""
    edit.problem = PlannedEdit.Problem.CONFLICT
    if waiting().filter(pk=edit.pk).update(problem=edit.problem):
        states.record("plan_held_up", edit.post)
        emails.held_up(edit)


def version_for(edit: PlannedEdit, post: Post) -> Version:
    """What `post` becomes by `edit`, with what was changed in it since the edit was prepared.

    Where both changed the same, the edit wins among the fields, both stand in the text with marks
    between them, and there are conflicts.
    """
    base = Revision.objects.filter(post=post, number=edit.based_on).first()
    live = snapshots.snapshot(post)
    if base is None:  # revisions may be thinned out
        merged = merge_without_base(edit.body, post.body, LIVE)
        mine = changed(live, edit)
        clashes = bool(mine)
    else:
        merged = merge3(base.body, edit.body, post.body, LIVE)
        mine = changed(base.fields, edit)
        theirs = snapshots.differences(Post, base.fields, live)
        clashes = any(name in theirs and edit.fields.get(name) != live.get(name) for name in mine)
    fields = {name: edit.fields[name] for name in mine}
    return Version(fields, merged.text, bool(merged.conflicts) or clashes)


def changed(fields: dict, edit: PlannedEdit) -> list[str]:
    """The names of those of `fields` that the edit changes."""
    names = snapshots.differences(Post, fields, edit.fields)
    return [name for name in names if name in edit.fields]
