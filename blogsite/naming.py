"""What the site is called, for apps below the one that keeps its name."""

from collections.abc import Callable

from django.conf import settings

_sources: list[Callable[[], str]] = []


def comes_from(source: Callable[[], str]) -> None:
    """Let `source` say the name from now on; the app that keeps it calls this as it loads."""
    _sources[:] = [source]


def site_name() -> str:
    """The site's name; its host while nobody said any."""
    return (_sources[0]() if _sources else "") or settings.SITE_HOST
