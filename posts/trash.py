"""The trash: moving a text there, bringing it back, and emptying it for good."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blogsite.audit import recording
from posts import redirects
from posts.models import Page, Post, Redirect
from posts.models.addressed import Addressed
from posts.models.publication import Publication


@transaction.atomic
def move_to_trash(thing: Publication, by) -> None:
    """Hide `thing` from everyone; its address answers 410 if it was public. Safe to repeat."""
    if thing.deleted_at:
        return
    set_trashed(thing, timezone.now(), by)
    record("trashed", thing, by)


@transaction.atomic
def restore(thing: Publication) -> None:
    """Bring `thing` back as it was, with its tags, authors and former addresses."""
    set_trashed(thing, None, None)
    record("restored", thing)


def record(what: str, thing: Publication, by=None) -> None:
    recording.record(f"posts.{thing._meta.model_name}_{what}", thing, actor=by)


def set_trashed(thing: Publication, moment, by) -> None:
    # Two columns and nothing else: another editor may have saved the rest meanwhile.
    thing.deleted_at, thing.deleted_by = moment, by
    type(thing).everything.filter(pk=thing.pk).update(deleted_at=moment, deleted_by=by)


def purge(older_than: timedelta) -> int:
    """Delete for good what went to the trash longer ago than that; how many texts went."""
    before = timezone.now() - older_than
    count = 0
    for model in (Post, Page):
        for thing in model.everything.filter(deleted_at__lte=before).without_text().iterator():
            purge_one(thing)
            count += 1
    return count


@transaction.atomic
def purge_one(thing: Publication) -> None:
    record("purged", thing)  # first, while it has its key
    remove(thing)


@transaction.atomic
def remove(thing: Addressed) -> None:
    """Delete a text, tag or series; addresses that readers could have kept answer 410 then on."""
    paths = []
    if was_public(thing):
        former = Redirect.objects.filter(**redirects.targets(thing))
        paths = [thing.get_absolute_url(), *former.values_list("path", flat=True)]
    thing.delete()
    for path in paths:
        redirects.remember_gone(path)


def was_public(thing: Addressed) -> bool:
    if isinstance(thing, Publication):
        return thing.was_public
    return redirects.has_published_posts(thing)
