"""Finding things at the desk by a few letters of what they are called, and texts by their words.

Each app says what of its own can be found, in its module `desk_search`:

    register("tags", _("Tags"), find_tags)

where `find_tags(request, query)` returns a few `Found`, and only what who asks may see, at a cost
that stays small however much has been written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from blogsite.desksearch.query import Query

MOST = 5  # of each kind


@dataclass(frozen=True)
class Found:
    """One thing: what it is called, where it is, and a word on what it is."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """What can be found under one heading."""

    name: str
    label: str | Promise
    find: Callable[..., list[Found]]


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: Kind
    items: list[Found] = field(default_factory=list)


_kinds: list[Kind] = []


def register(name: str, label: str | Promise, find: Callable[..., list[Found]]) -> None:
    _kinds.append(Kind(name, label, find))


@cache
def kinds() -> list[Kind]:
    """All kinds, once all apps have named theirs; those of the apps above stand last."""
    autodiscover_modules("desk_search")
    return _kinds


def find(request, query: Query) -> list[Group]:
    """What `query` finds for who asks, by kind; kinds of which nothing was found are left out."""
    if not query.words:
        return []
    groups = [Group(kind, kind.find(request, query)[:MOST]) for kind in kinds()]
    return [group for group in groups if group.items]
