"""The states of a text, and the ways from one to another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from blogsite.audit import recording
from posts import revisions
from posts.linting import blocking
from posts.models import Post, Review, Revision
from posts.models.publication import Publication
from posts.publishing import emails
from posts.search import keep_in_step


class Blocked(Exception):
    """The linter found something that holds publishing back; `findings` says what."""

    def __init__(self, findings: list):
        super().__init__(findings)
        self.findings = findings


@dataclass(frozen=True)
class Standing:
    """The dates that say where a text stands."""

    published_at: datetime | None = None
    expires_at: datetime | None = None
    submitted_at: datetime | None = None

    @classmethod
    def of(cls, text: Publication) -> "Standing":
        return cls(text.published_at, text.expires_at, getattr(text, "submitted_at", None))

    @classmethod
    def stored(cls, text: Publication) -> "Standing":
        """What the database says, whatever a form has put into `text`."""
        kept = type(text).everything.filter(pk=text.pk).without_text().first()
        return cls.of(kept) if kept else cls()

    def began(self, now: datetime) -> bool:
        """Whether readers can see it, or could until it expired."""
        return bool(self.published_at) and self.published_at <= now

    def is_over(self, now: datetime) -> bool:
        return bool(self.expires_at) and self.expires_at <= now

    def is_public(self, now: datetime) -> bool:
        return self.began(now) and not self.is_over(now)


# --- Deeds ------------------------------------------------------------------------


@transaction.atomic
def publish(text: Publication, by=None, at: datetime | None = None, note: str = "") -> None:
    """Show `text` to readers, from `at` on if that is given; what had expired is back.

    What waits for an editor is approved by that, with `note`. Nothing happens to what is public
    already. Raises Blocked.
    """
    refuse_while_blocked(text)
    release(text, by, at, note)
    keep(text, by)


@transaction.atomic
def unpublish(text: Publication, by=None) -> None:
    """Take `text` back: it is a draft again, and its address answers 410 if it was public."""
    withdraw(text, by)
    keep(text, by)


@transaction.atomic
def expire_at(text: Publication, moment: datetime | None, by=None) -> None:
    """Let readers see `text` until `moment`; None for ever."""
    was = Standing.of(text)
    text.expires_at = moment
    write(text)
    follow(text, was, by)
    keep(text, by)


def release(
    text: Publication,
    by=None,
    at: datetime | None = None,
    note: str = "",
    was: Standing | None = None,
) -> str:
    """Publish without asking the linter and without a revision: the form does both itself.

    `was` are the dates before the form, if one has just been saved. Gives what happened.
    """
    was = was or Standing.of(text)
    if was.is_public(timezone.now()) and not at:
        return follow(text, was, by, note)
    is_expired = text.status == "expired"
    text.published_at = at or (text.published_at if is_expired else timezone.now())
    if text.expires_at and text.expires_at <= max(text.published_at, timezone.now()):
        text.expires_at = None
    write(text)
    return follow(text, was, by, note)


def withdraw(text: Publication, by=None, was: Standing | None = None) -> str:
    """Unpublish without a revision; as `release`."""
    was = was or Standing.of(text)
    text.published_at = text.expires_at = None
    write(text)
    return follow(text, was, by)


def write(text: Publication) -> None:
    """Save the dates and nothing else: another editor may have saved the rest meanwhile."""
    if text.published_at and isinstance(text, Post):
        text.submitted_at = None
    names = ["published_at", "expires_at", *(["submitted_at"] * isinstance(text, Post))]
    values = {name: getattr(text, name) for name in names}
    type(text).everything.filter(pk=text.pk).update(modified_at=timezone.now(), **values)
    keep_in_step(type(text), [text.pk])


# --- What follows -----------------------------------------------------------------


def follow(text: Publication, was: Standing, by=None, note: str = "") -> str:
    """Do what follows from the dates of `text`, which were `was`: an event, a review, mails.

    To be called in the transaction that saved them, once its authors are saved too. Gives what
    happened as the record has it, or nothing.
    """
    is_now, now = Standing.of(text), timezone.now()
    mark_withdrawn(text, was, is_now, now)
    happened = what_happened(was, is_now, now)
    if not happened:
        return ""
    if was.submitted_at and is_now.published_at:
        happened = "approved"
    event = record(happened, text, by)
    if isinstance(text, Post):
        tell_authors(text, happened, event, by, note)
    return happened


def record(what: str, text: Publication, by=None):
    """The event that somebody did `what`, a verb of posts.verbs, with `text`."""
    return recording.record(f"posts.{text._meta.model_name}_{what}", text, actor=by)


def what_happened(was: Standing, is_now: Standing, now: datetime) -> str:
    """What a change of dates means for readers, if anything."""
    if is_now.is_public(now) and not was.is_public(now):
        return "published"
    if was.is_public(now) and not is_now.is_public(now):
        return "expired" if is_now.began(now) else "unpublished"
    if was.published_at != is_now.published_at and not was.began(now):
        return "scheduled" if is_now.published_at else "unscheduled"
    if was.expires_at != is_now.expires_at:
        return "given_end" if is_now.expires_at else "given_no_end"
    return ""


def mark_withdrawn(text, was: Standing, is_now: Standing, now: datetime) -> None:
    """Remember that readers once saw it, where its dates no longer say so."""
    moment = text.withdrawn_at
    if was.began(now) and not is_now.began(now):
        moment = now
    elif is_now.began(now):
        moment = None  # its date says it
    if moment != text.withdrawn_at:
        text.withdrawn_at = moment
        type(text).everything.filter(pk=text.pk).update(withdrawn_at=moment)


def tell_authors(post: Post, happened: str, event, by, note: str) -> None:
    if happened == "approved":
        review = Review.objects.create(post=post, kind=Review.Kind.APPROVED, by=by, note=note)
        emails.approved(review)
    elif happened in {"published", "scheduled"}:
        emails.published(post, event.pk, by)


# --- The other parts --------------------------------------------------------------


def refuse_while_blocked(text: Publication) -> None:
    if findings := blocking(text):
        raise Blocked(findings)


def keep(text: Publication, by) -> None:
    revisions.keep(text, by=by, reason=Revision.Reason.CHANGED)
