"""What replaces a part of allauth or Granian still replaces something there.

A next version that renames a method would go on with its own, and nothing else would tell.
"""

from importlib import import_module
from inspect import isclass, isfunction
from pkgutil import walk_packages

import pytest

OURS = ("accounts", "blogsite", "posts", "comments")
THEIRS = ("allauth", "granian")
# Methods that are no replacements: our own, which only our own code calls.
OWN = {
    "ThrottledLogin._claims",
    "ThrottledLogin._refuse_unread",
    "CodeOnce.tell_of_failure",
    "ConfirmEmail.is_owner",
    "ConfirmEmail.status",
    "SocialAdapter.stop",
}


def room_of(thing) -> str:
    return thing.__module__.partition(".")[0]


def classes_of_ours() -> list[type]:
    """Those that inherit from one of theirs."""
    packages = [import_module(name) for name in ["accounts", "blogsite"]]
    names = [
        found.name
        for package in packages
        for found in walk_packages(package.__path__, f"{package.__name__}.")
        if not {"tests", "migrations", "wsgi", "urls"} & set(found.name.split("."))
    ]
    return sorted(
        {
            thing
            for name in names
            for thing in vars(import_module(name)).values()
            if isclass(thing) and room_of(thing) in OURS
            if any(room_of(base) in THEIRS for base in thing.__mro__)
        },
        key=lambda each: each.__qualname__,
    )


def without_counterpart(own_class: type) -> set[str]:
    """The methods of ours, its mixins' as well, that no class of theirs has any more."""
    theirs = [base for base in own_class.__mro__ if room_of(base) not in OURS]
    return {
        f"{base.__name__}.{name}"
        for base in own_class.__mro__
        if room_of(base) in OURS
        for name, part in vars(base).items()
        if isfunction(part) and room_of(part) in OURS
        if not name.startswith("clean_")  # forms call these by their fields
        if not any(name in vars(each) for each in theirs)
    }


def test_there_is_something_to_replace():
    names = {each.__name__ for each in classes_of_ours()}

    assert {"AccountAdapter", "PasswordBackend", "Email", "Server"} <= names


@pytest.mark.parametrize("own_class", classes_of_ours(), ids=lambda each: each.__name__)
def test_every_method_replaces_one_of_theirs(own_class):
    assert without_counterpart(own_class) - OWN == set()
