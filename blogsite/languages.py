"""The language that a page is made in, asked once: Django takes as long for it as for a paragraph."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_of_page: ContextVar[str | None] = ContextVar("language of the page", default=None)


def language() -> str:
    """The code of the language that is active, such as `en`."""
    return _of_page.get() or translation.get_language()


@contextmanager
def one_language() -> Iterator[None]:
    """Within the block the active language stays what it is now."""
    token = _of_page.set(translation.get_language())
    try:
        yield
    finally:
        _of_page.reset(token)
