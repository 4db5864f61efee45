"""The checks there are, and what they find.

    @check("clock")
    def clock_is_plausible():
        yield Finding.unsafe("The clock stands in 1970.")

A check yields its findings, also that all is fine; none where it does not apply.
"""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from django.utils.module_loading import autodiscover_modules

# Ours, in the order in which an operator meets their topics.
TOPICS = ["configuration", "files", "database", "outgoing", "clock", "certificates"]


class Grade(enum.StrEnum):
    UNSAFE = "unsafe"  # somebody can do harm, or something will be lost
    UNFINISHED = "unfinished"  # it runs, but something is missing or waits
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    grade: Grade
    words: str  # one line: what is the matter, and how to mend it
    about: str = ""  # the name of its check

    @classmethod
    def unsafe(cls, words: str) -> "Finding":
        return cls(Grade.UNSAFE, words)

    @classmethod
    def unfinished(cls, words: str) -> "Finding":
        return cls(Grade.UNFINISHED, words)

    @classmethod
    def fine(cls, words: str) -> "Finding":
        return cls(Grade.FINE, words)


_checks: dict[str, Callable[[], Iterable[Finding]]] = {}


def check(about: str) -> Callable:
    """Let the function be run by `examine()`; `about` names it in a word or two."""

    def decorate(function):
        _checks[about] = function
        return function

    return decorate


def examine() -> list[Finding]:
    """What all checks find, in their order."""
    for topic in TOPICS:
        import_module(f"blogsite.doctor.{topic}")
    autodiscover_modules("doctor")
    return [finding for about in _checks for finding in findings_of(about)]


def findings_of(about: str) -> list[Finding]:
    """A check that fails itself must not hide the others."""
    try:
        found = list(_checks[about]())
    except Exception as error:
        found = [Finding.unfinished(f"This could not be looked at ({type(error).__name__}).")]
    return [Finding(each.grade, each.words, about) for each in found]
