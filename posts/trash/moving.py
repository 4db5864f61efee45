"""Into the trash and out of it again."""

from django.db import transaction
from django.utils import timezone

from blogsite.audit import recording
from posts.models import Image
from posts.models.publication import Publication
from posts.search import keep_in_step
from posts.trash import pictures

WHY_MAX_LENGTH = Image._meta.get_field("deleted_why").max_length


@transaction.atomic
def move_to_trash(thing: Publication | Image, by, why: str = "") -> None:
    """Hide `thing` from everyone; its address answers 410 if it was public. Safe to repeat.

    `why` is for those at the desk, in a line.
    """
    if thing.deleted_at:
        return
    why = " ".join(why.replace("\0", " ").split())[:WHY_MAX_LENGTH]
    set_trashed(thing, timezone.now(), by, why)
    if isinstance(thing, Image):
        pictures.take_from_lists(thing)
    record("trashed", thing, by)


@transaction.atomic
def restore(thing: Publication | Image) -> None:
    """Bring `thing` back as it was, with all that hangs on it and its former addresses."""
    set_trashed(thing, None, None, "")
    if isinstance(thing, Image):
        pictures.show_again(thing)
    record("restored", thing)


def record(what: str, thing: Publication | Image, by=None) -> None:
    recording.record(f"posts.{thing._meta.model_name}_{what}", thing, actor=by)


def set_trashed(thing: Publication | Image, moment, by, why: str) -> None:
    # These columns and nothing else: another editor may have saved the rest meanwhile.
    thing.deleted_at, thing.deleted_by, thing.deleted_why = moment, by, why
    type(thing).everything.filter(pk=thing.pk).update(
        deleted_at=moment, deleted_by=by, deleted_why=why
    )
    if isinstance(thing, Publication):
        keep_in_step(type(thing), [thing.pk])
