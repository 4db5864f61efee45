"""What is made right now, and from what: noted while it is made."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import chain

from django.conf import settings
from django.utils import timezone

TABLE, ROWS = "table:", "rows:"  # beginnings of the topics that each table has


@dataclass
class Notes:
    """From what something was made. `until` is when the clock alone makes it wrong, if ever.

    `unwatched` are tables that were read although nobody is told when they change.
    """

    topics: set[str] = field(default_factory=set)
    until: datetime | None = None
    unwatched: set[str] = field(default_factory=set)

    def add(self, topics: Collection[str], moment: datetime | None = None) -> None:
        self.topics.update(topics)
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


@dataclass(frozen=True)
class Subject:
    """The rows that a block is about."""

    topics: tuple[str, ...]
    tables: frozenset[str]


_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)
_subjects: ContextVar[tuple[Subject, ...]] = ContextVar("subjects", default=())


@contextmanager
def noting() -> Iterator[Notes]:
    """Note from what the block makes something; whatever is around it learns of it too.

    It is of the day on which it was begun, and not about what the caller is about.
    """
    notes, around = Notes(until=end_of_day()), _notes.get()
    token, subjects = _notes.set(notes), _subjects.set(())
    try:
        yield notes
    finally:
        _subjects.reset(subjects)
        _notes.reset(token)
        if around is not None:
            around.add(notes.topics, notes.until)
            around.unwatched.update(notes.unwatched)


@contextmanager
def about(*topics: str, tables: Collection[str]) -> Iterator[None]:
    """What the block reads from `tables`, or writes there, is about `topics` alone.

    A reader then depends on these topics instead of on all of the tables. A writer moves them,
    and the tables for those who read all of them, but no other topic that is a part of them.
    """
    subjects = (*_subjects.get(), Subject(topics, frozenset(tables)))
    token = _subjects.set(subjects)
    try:
        yield
    finally:
        _subjects.reset(token)


def until(moment: datetime | None) -> None:
    """What is made now is right before `moment` and not from then on; None for no limit."""
    inherit((), moment)


def inherit(topics: Collection[str], moment: datetime | None = None) -> None:
    """What is made now is made from something with these topics."""
    notes = _notes.get()
    if notes is not None:
        notes.add(topics, moment)


def end_of_day(limit: datetime | None = None) -> datetime:
    """The end of this day (UTC), or `limit` where that comes first.

    Much is counted in days: how old a post is, when somebody should look at it again.
    """
    tomorrow = timezone.now().astimezone(UTC).date() + timedelta(days=1)
    return min(filter(None, [datetime.combine(tomorrow, time(), UTC), limit]))


def is_noting() -> bool:
    return _notes.get() is not None


def note_reading(tables: Collection[str]) -> None:
    notes = _notes.get()
    if notes is None:
        return
    derived = [settings.PAGECACHE_DERIVED.get(table, ()) for table in tables]
    for table in {*tables, *chain(*derived)}:
        if settings.PAGECACHE_UNSEEN.get(table) == "*":
            notes.unwatched.add(table)
        else:
            notes.add(topics_to_read(table))


def topics_to_read(table: str) -> tuple[str, ...]:
    subject = _subject_of(table)
    return (*subject.topics, ROWS + table) if subject else (TABLE + table,)


def topics_to_write(table: str) -> tuple[str, ...]:
    subject = _subject_of(table)
    return (*(subject.topics if subject else [ROWS + table]), TABLE + table)


def _subject_of(table: str) -> Subject | None:
    """The innermost one that speaks of the table."""
    return next((each for each in reversed(_subjects.get()) if table in each.tables), None)
