"""Every address that the site has, from its own list, filled in with what `world.py` made."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib import admin
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse

from blogsite.tests.attacks.world import World

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What stands for a parameter where its own name does not say it.
BY_KIND = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}
BY_NAME = {
    "year": "2020",
    "month": "05",
    "hue": "30",
    "section": "posts",
    "number": "1",
    "alias": "feed.xml",
    "path": "images/1.png",
    "token": "1.abc",
    "key": "1-abc",
    "uidb36": "1",
    "handle": "author",
}


@dataclass(frozen=True)
class Address:
    name: str  # as `posts:detail`
    path: str


def every_address(world: World) -> list[Address]:
    """All of them, those of the admin with the key of a row that there is."""
    rooms = [Address(name, path) for name, path in rooms_of(get_resolver().url_patterns, world)]
    return rooms + list(desk_addresses())


def rooms_of(patterns, world, before="/", spaces=()) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace == "admin":
                continue
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from rooms_of(pattern.url_patterns, world, before + str(pattern.pattern), inner)
        else:
            name = ":".join([*spaces, pattern.name or str(pattern.pattern)])
            yield name, filled_in(name, before + str(pattern.pattern), world)


def filled_in(name: str, route: str, world: World) -> str:
    return PARAMETER.sub(lambda found: argument(name, found[1], found[2], world), route)


def argument(name: str, kind: str, parameter: str, world: World) -> str:
    if name.startswith("comments:") and parameter == "pk":
        return str(world.comment.pk)
    if parameter == "slug":
        for word in ["tag", "series", "page"]:
            if name.startswith(f"posts:{word}"):
                return word
        return "post"
    return BY_NAME.get(parameter) or BY_KIND.get(kind, "1")


def desk_addresses() -> Iterator[Address]:
    for pattern in admin.site.get_urls():
        if getattr(pattern, "name", None):
            yield from built(f"admin:{pattern.name}", [[], ["posts"]])
    for model, desk in admin.site._registry.items():
        row = model._default_manager.order_by("pk").first()
        key = row.pk if row else 1
        for pattern in desk.get_urls():
            if getattr(pattern, "name", None):
                yield from built(f"admin:{pattern.name}", [[], [key], [key, 1]])


def built(name: str, tries: list[list]) -> Iterator[Address]:
    """The address of this name with the first arguments that fit it."""
    for arguments in tries:
        try:
            yield Address(name, reverse(name, args=arguments))
            return
        except NoReverseMatch:
            continue


# --- What is stored ---------------------------------------------------------------

WRITE = re.compile(r'\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b.*?"(\w+)"', re.IGNORECASE | re.DOTALL)
# Where it is noted that somebody was here, which is not what a page is about: the framework's own,
# and how often something was tried.
NOTES = {"django_session", "django_content_type", "accounts_tally"}


@contextmanager
def watched() -> Iterator[list[str]]:
    """The names of the tables that are written to meanwhile."""
    written = []

    def note(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found[1] not in NOTES:
            written.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
