"""What there is in the trash, kind by kind, for the page that shows all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """One row of the page; an address is empty where whoever asks may not do it."""

    name: str
    address: str  # its page at the desk
    when: datetime | None
    who: str
    why: str
    restore: str = ""
    remove: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be in the trash.

    `rows_for(user)` are those the user may look at, the latest first, or None where this kind is
    none of their business. `entries(rows, user)` says what the page shows of some of them.
    """

    name: str
    label: str | Promise
    rows_for: Callable
    entries: Callable[..., list[Entry]]


# In the order of the page. Apps above append theirs.
KINDS: list[Kind] = []
