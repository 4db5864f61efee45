"""Keeping what somebody writes before they save it.

A row is one window of one person. It holds the fields as the form would send them; once the form
was saved it is settled, so that what the window sent a moment before, and arrives late, does not
bring them back.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from posts.models import Page, Post, WorkingCopy
from posts.models.publication import Publication

KEPT = timedelta(days=30)  # since the last sign of life of the window
MOST = 50  # newest ones kept of a person; more windows than anybody has open
OFFERED = 10  # at one text; each is a long text to read from the database


class Taken(Exception):
    """The window is somebody else's, writes another text, or was saved already."""


def of(user: User, model: type[Publication], text: Publication | None) -> QuerySet[WorkingCopy]:
    """The windows in which `user` writes `text`, or any new one where that is None."""
    return WorkingCopy.objects.filter(user=user, **about(model, text))


def unsaved(user: User, model: type[Publication], text: Publication | None) -> list[WorkingCopy]:
    """What `user` wrote into `text` and did not save, newest first."""
    return list(
        of(user, model, text).exclude(fields__isnull=True).order_by("-saved_at", "-pk")[:OFFERED]
    )


def unsaved_window(user: User, model: type[Publication], window: UUID) -> WorkingCopy | None:
    """What a window of `user` holds, with the text it is about."""
    copies = WorkingCopy.objects.filter(user=user, kind=model._meta.model_name, window=window)
    return copies.exclude(fields__isnull=True).select_related("post", "page").first()


@transaction.atomic
def keep(
    user: User,
    model: type[Publication],
    text: Publication | None,
    window: UUID,
    based_on: int = 0,
    fields: dict | None = None,
) -> WorkingCopy:
    """Note that `window` is open, and what it holds; without `fields` that stays as it was."""
    copy = WorkingCopy.objects.select_for_update().filter(window=window).first()
    if copy is None:
        copy = begin(user, model, text, window)
    elif not belongs(copy, user, model, text) or is_settled(copy):
        raise Taken
    changed = ["seen_at"]  # a sign of life does not write a long text anew
    copy.seen_at = timezone.now()
    if fields is not None:
        if fields != copy.fields:  # a restored text that is sent again is no newer for that
            copy.saved_at = copy.seen_at
        copy.fields, copy.based_on = fields, based_on
        changed += ["fields", "based_on", "saved_at"]
    copy.save(update_fields=changed)
    return copy


def begin(user, model, text, window) -> WorkingCopy:
    try:
        with transaction.atomic():
            copy = WorkingCopy.objects.create(user=user, window=window, **about(model, text))
    except IntegrityError as error:  # two requests of one new window, at once
        raise Taken from error
    prune(user)
    return copy


def settle(user: User, text: Publication, windows: Iterable[UUID]) -> None:
    """What these windows of `user` hold was saved as `text`; belongs into that transaction."""
    now = timezone.now()
    saved = {"fields": None, "saved_at": now, "seen_at": now} | about(type(text), text)
    for window in windows:
        mine = WorkingCopy.objects.filter(window=window, user=user)
        if mine.update(**saved):
            continue
        try:
            with transaction.atomic():
                WorkingCopy.objects.create(window=window, user=user, **saved)
        except IntegrityError:
            # What the window sent last came in between; or it is somebody else's, and stays so.
            mine.update(**saved)


def settled_among(user: User, windows: Iterable[UUID]) -> list[UUID]:
    rows = WorkingCopy.objects.filter(user=user, window__in=windows, fields__isnull=True)
    return list(rows.exclude(saved_at=None).values_list("window", flat=True))


def revert(user: User, window: UUID) -> None:
    """What was typed was taken back by who typed it."""
    rows = WorkingCopy.objects.filter(user=user, window=window, fields__isnull=False)
    rows.update(fields=None, saved_at=None)


def leave(user: User, window: UUID) -> None:
    """The window closes; what was not saved in it stays."""
    WorkingCopy.objects.filter(
        user=user, window=window, fields__isnull=True, saved_at=None
    ).delete()


def prune(user: User) -> None:
    """Forget all but the newest windows of `user`, those with unsaved text counted apart."""
    mine = WorkingCopy.objects.filter(user=user).order_by("-seen_at", "-pk")
    for some in (mine.filter(fields__isnull=True), mine.exclude(fields__isnull=True)):
        surplus = list(some.values_list("pk", flat=True)[MOST:])
        if surplus:
            WorkingCopy.objects.filter(pk__in=surplus).delete()


def forget() -> int:
    """Remove what no window has asked about for long; how many there were."""
    return WorkingCopy.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()[0]


def about(model: type[Publication], text: Publication | None) -> dict:
    """The columns that say which text a window writes."""
    return {
        "kind": model._meta.model_name,
        "post": text if model is Post else None,
        "page": text if model is Page else None,
    }


def belongs(copy: WorkingCopy, user, model, text) -> bool:
    pk = text.pk if text else None
    same_text = (copy.post_id, copy.page_id) == ((pk, None) if model is Post else (None, pk))
    return copy.user_id == user.pk and copy.kind == model._meta.model_name and same_text


def is_settled(copy: WorkingCopy) -> bool:
    return copy.fields is None and copy.saved_at is not None
