"""Rules for blocks of code."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posts.linting import samples
from posts.linting.finding import Finding, shown
from posts.linting.reading import Code, Reading
from posts.rendering.code import PLAIN, UNBOUNDED, find_lexer

OURS = {"math", "diff"}  # drawn by the renderer itself


def find(text, reading: Reading, targets) -> Iterator[Finding]:
    for code in reading.codes:
        if not code.closed:
            message = _(
                "This block of code is never closed: all that follows is part of it. Put the same "
                "marks on a line of their own behind it."
            )
            yield Finding("fence-unclosed", message, code.line, about(code))
        language = code.fence.language.lower()
        if not is_known(language):
            message = _("The language “%(name)s” is not known, so the code has no colours.")
            told = message % {"name": shown(language)}
            yield Finding("fence-language", told, code.line, language)
        yield from sample(code, language)


def is_known(language: str) -> bool:
    return language in PLAIN | UNBOUNDED | OURS or find_lexer(language) is not None


def sample(code: Code, language: str) -> Iterator[Finding]:
    if code.fence.diff:
        return
    problem = samples.problem_of(code.source, language)
    if problem:
        message = _("This is not %(language)s that a program could read: %(problem)s.")
        told = message % {"language": samples.NAMES[language], "problem": shown(problem.words)}
        line = code.line + problem.line if problem.line else code.line
        yield Finding("sample-broken", told, line, about(code))


def about(code: Code) -> str:
    """The first words of the code: its line would change with the text above."""
    return code.source.strip()[:80]
