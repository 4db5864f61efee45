"""Values that many pages need, kept in this process by the rules of kept pages."""

import copy
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils import timezone

from blogsite.pagecache.counters import counters, slots_of
from blogsite.pagecache.noting import end_of_day, inherit, noting

MOST_VALUES = 500  # of one function; then all of them are forgotten


class Value(NamedTuple):
    value: Any
    topics: frozenset[str]
    slots: tuple[int, ...]
    epoch: int
    made_at: datetime
    until: datetime


def remembered(function: Callable) -> Callable:
    """A decorator: ask `function` again only where what it read has changed since.

    Its arguments are hashable, and its value is shared: what it returns is a shallow copy, and what
    lies deeper must not be changed.
    """
    values: dict[tuple, Value] = {}

    @wraps(function)
    def recall(*arguments):
        known = values.get(arguments)
        if known is None or not _is_right(known):
            known = _make(function, arguments)
            if len(values) >= MOST_VALUES:
                values.clear()
            values[arguments] = known
        inherit(known.topics, known.until)
        return _copy_of(known.value)

    recall.forget = values.clear
    return recall


def _copy_of(value: Any) -> Any:
    if not isinstance(value, Model):
        return copy.copy(value)
    # What `copy` makes of a row goes by way of pickling, and takes twenty times as long.
    made = value.__class__.__new__(value.__class__)
    made.__dict__.update(value.__dict__, _state=copy.copy(value._state))
    made._state.fields_cache = value._state.fields_cache.copy()
    return made


def _is_right(known: Value) -> bool:
    # A clock that ran ahead and was put right is back before the value was made.
    if not known.made_at <= timezone.now() < known.until:
        return False
    return not counters().has_moved(known.slots, known.epoch)


def _make(function: Callable, arguments: tuple) -> Value:
    epoch, made_at = counters().epoch, timezone.now()
    with noting() as notes:
        value = function(*arguments)
    topics = frozenset(notes.topics)
    if notes.unwatched:  # nobody would tell when it is out of date, so it is from the beginning
        epoch = -1
    return Value(value, topics, slots_of(topics), epoch, made_at, end_of_day(notes.until))
